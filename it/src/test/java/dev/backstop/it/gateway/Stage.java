package dev.backstop.it.gateway;

import java.util.Locale;

/** Where in a session a next hop is asked for an {@link Answer}. */
enum Stage {
  CONNECT,
  /** EHLO, HELO or LHLO. */
  HELLO,
  STARTTLS,
  MAIL,
  RCPT,
  DATA,
  /** Right behind the 354, before anything of the message was read. */
  BODY,
  /** After the end of the data. With LMTP once for each recipient. */
  DOT,
  RSET,
  QUIT,
  OTHER;

  /** Of a command line. */
  static Stage of(String line) {
    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO", "HELO", "LHLO" -> HELLO;
      case "STARTTLS" -> STARTTLS;
      case "MAIL" -> MAIL;
      case "RCPT" -> RCPT;
      case "DATA" -> DATA;
      case "RSET" -> RSET;
      case "QUIT" -> QUIT;
      default -> OTHER;
    };
  }
}
