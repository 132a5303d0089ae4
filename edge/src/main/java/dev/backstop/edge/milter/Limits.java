package dev.backstop.edge.milter;

import java.time.Duration;

/** What a milter session may use. Nothing outside these bounds is read, held or waited for. */
public record Limits(Sizes sizes, Times times) {
  public static final Limits DEFAULT = new Limits(Sizes.DEFAULT, Times.DEFAULT);

  /**
   * Sizes and counts; all at least 1.
   *
   * @param packet octets of one packet; a longer one ends the connection. Postfix sends a whole
   *     header field in one: keep it above {@code header_size_limit} (102,400)
   * @param headerFields of one message; more are refused with 552
   * @param headerOctets of one message, names and values; more are refused with 552
   * @param recipients of one transaction; more are told 452 (RFC 5321 §4.5.3.1.10)
   * @param body octets held of one body, however many are wanted
   * @param connections at one time
   * @param memory octets held for all sessions together; what does not fit is told 451
   */
  public record Sizes(
      int packet,
      int headerFields,
      int headerOctets,
      int recipients,
      int body,
      int connections,
      long memory) {
    public static final Sizes DEFAULT =
        new Sizes(128 * 1024, 2_000, 1024 * 1024, 2_000, 4 * 1024 * 1024, 10_000, 128L << 20);

    public Sizes {
      if (Math.min(packet, Math.min(headerFields, headerOctets)) < 1
          || Math.min(recipients, Math.min(body, connections)) < 1
          || memory < 1) {
        throw new IllegalArgumentException("a limit below 1");
      }
    }
  }

  /**
   * Times; all positive.
   *
   * @param idle without a packet. A mail server keeps the connection for as long as its client's
   *     session, upload of the message included, so this is long, as in libmilter
   * @param content without a packet after the first header field, when the whole message is on the
   *     mail server's disk already
   * @param packet from the first octet of a packet to its last, and for the peer to take an answer
   * @param decision of the filter, after which the connection is closed and the mail server's
   *     {@code milter_default_action} (tempfail) holds
   * @param progress between two notes that a decision is still being made; Postfix waits 30 s for
   *     an answer to a command
   * @param drain at the end of the server, for messages that are being decided
   */
  public record Times(
      Duration idle,
      Duration content,
      Duration packet,
      Duration decision,
      Duration progress,
      Duration drain) {
    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(7210),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    public Times {
      if (!(idle.isPositive() && content.isPositive() && packet.isPositive())
          || !(decision.isPositive() && progress.isPositive())
          || drain.isNegative()) {
        throw new IllegalArgumentException("a time that is not positive");
      }
    }
  }
}
