package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Answer.raw;
import static dev.backstop.it.gateway.Answer.say;

/** What a next hop answers; a server that takes everything, unless told otherwise. */
@FunctionalInterface
interface Script {
  /** A server that takes everything by LMTP. */
  Script LMTP = offering("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES");

  /**
   * The answer.
   *
   * @param line the command; at {@link Stage#DOT} of an LMTP session the recipient; else empty
   */
  Answer answer(Stage stage, String line);

  /** A server that takes everything and offers what servers offer. */
  static Script usual() {
    return offering(
        "PIPELINING", "SIZE 20000000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "DSN");
  }

  /** A server that takes everything and offers these extensions. */
  static Script offering(String... extensions) {
    return (stage, _) ->
        switch (stage) {
          case CONNECT -> say("220 hop.test ESMTP");
          case HELLO -> raw(hello(extensions));
          case STARTTLS -> say("502 5.5.1 not here");
          case MAIL, RCPT, RSET -> say("250 2.0.0 hop says yes");
          case DATA -> say("354 go on");
          case BODY -> raw("");
          case DOT -> say("250 2.0.0 hop has it");
          case QUIT -> say("221 2.0.0 bye").thenClose();
          case OTHER -> say("250 2.0.0 as you say");
        };
  }

  private static String hello(String... extensions) {
    var reply = new StringBuilder("250");
    String last = " hop.test\r\n";
    for (String extension : extensions) {
      reply.append(last.replaceFirst("^ ", "-")).append("250");
      last = " " + extension + "\r\n";
    }
    return reply.append(last).toString();
  }

  /** The same, but another answer at this stage. */
  default Script with(Stage at, Answer other) {
    return (stage, line) -> stage == at ? other : answer(stage, line);
  }

  /** The same, but another answer at this stage where the line contains that. */
  default Script with(Stage at, String part, Answer other) {
    return (stage, line) -> stage == at && line.contains(part) ? other : answer(stage, line);
  }
}
