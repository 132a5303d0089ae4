package dev.backstop.edge.smtp.command;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The characters of a command. */
public final class CommandText {
  private CommandText() {}

  /**
   * Octets as UTF-8 (RFC 6531 §3.3).
   *
   * @param octets as ISO 8859-1 would read them
   * @throws CommandException 501 when they are no UTF-8
   */
  public static String of(String octets) throws CommandException {
    if (isAscii(octets)) {
      return octets;
    }
    try {
      byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandException(501, "5.5.2", "The command is neither ASCII nor UTF-8");
    }
  }

  public static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
