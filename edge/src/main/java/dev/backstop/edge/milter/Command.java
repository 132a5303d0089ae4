package dev.backstop.edge.milter;

import org.jspecify.annotations.Nullable;

/** What a mail server says. */
enum Command {
  NEGOTIATE('O'),
  MACROS('D'),
  CONNECT('C'),
  HELO('H'),
  MAIL('M'),
  RECIPIENT('R'),
  DATA('T'),
  HEADER('L'),
  END_OF_HEADER('N'),
  BODY('B'),
  END_OF_MESSAGE('E'),
  ABORT('A'),
  UNKNOWN('U'),
  QUIT('Q'),
  /** Forget this client, keep the connection: another client's session follows. */
  QUIT_NEW_CONNECTION('K');

  private static final @Nullable Command[] BY_CODE = new @Nullable Command[128];

  static {
    for (Command command : values()) {
      BY_CODE[command.code] = command;
    }
  }

  final char code;

  Command(char code) {
    this.code = code;
  }

  /** The command with that byte, or {@code null}. */
  static @Nullable Command of(byte code) {
    return code < 0 ? null : BY_CODE[code];
  }
}
