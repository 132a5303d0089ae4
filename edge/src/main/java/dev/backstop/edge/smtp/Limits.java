package dev.backstop.edge.smtp;

import java.time.Duration;

/** What a client may use. Nothing outside these bounds is read, held or waited for. */
public record Limits(Sizes sizes, Times times) {
  public static final Limits DEFAULT = new Limits(Sizes.DEFAULT, Times.DEFAULT);

  /**
   * Sizes and counts; all at least 1.
   *
   * @param command octets of a command line; RFC 5321 §4.5.3.1.4 asks for 512, extensions for more
   * @param line octets of a line in a message; RFC 5321 §4.5.3.1.6 asks for 1000, real mail for
   *     more
   * @param message octets of a message, told by SIZE (RFC 1870)
   * @param headerFields of one message
   * @param headerOctets of one message
   * @param recipients of one transaction; more are told 452 (RFC 5321 §4.5.3.1.10)
   * @param inMemory octets of one body that are held in memory; the rest goes to disk
   * @param errors wrong commands of one session, after which it is ended
   * @param idleCommands that lead to nothing (NOOP, RSET, VRFY, EHLO again) between two messages,
   *     after which it is ended
   * @param connections at one time
   * @param memory octets held for all sessions together; what does not fit goes to disk or is told
   *     452
   * @param disk octets in files for all sessions together; what does not fit is told 452
   */
  public record Sizes(
      int command,
      int line,
      long message,
      int headerFields,
      int headerOctets,
      int recipients,
      int inMemory,
      int errors,
      int idleCommands,
      int connections,
      long memory,
      long disk) {
    public static final Sizes DEFAULT =
        new Sizes(
            2048,
            64 * 1024,
            50L << 20,
            2_000,
            1 << 20,
            1_000,
            1 << 20,
            20,
            100,
            10_000,
            256L << 20,
            4L << 30);

    public Sizes {
      long least = Math.min(Math.min(command, line), Math.min(headerFields, headerOctets));
      least = Math.min(least, Math.min(Math.min(recipients, inMemory), Math.min(errors, message)));
      least =
          Math.min(least, Math.min(Math.min(idleCommands, connections), Math.min(memory, disk)));
      if (least < 1) {
        throw new IllegalArgumentException("a limit below 1");
      }
    }
  }

  /**
   * Times; all positive.
   *
   * @param greeting for a PROXY header
   * @param command to the end of the next command (RFC 5321 §4.5.3.2.7: 5 minutes)
   * @param content to the next octet of a message
   * @param message from DATA to the last octet
   * @param reply for the client to read a reply
   * @param decision of the filter
   * @param delivery for the next hop to take the message, which has bounds of its own
   * @param drain at the end of the server, for transactions that are under way
   */
  public record Times(
      Duration greeting,
      Duration command,
      Duration content,
      Duration message,
      Duration reply,
      Duration decision,
      Duration delivery,
      Duration drain) {
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(3),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(4),
            Duration.ofMinutes(12),
            Duration.ofSeconds(60));
  }
}
