package dev.backstop.dns;

import java.time.Duration;

/**
 * What one message may cost in questions to name servers. Senders choose the names that we ask for:
 * without a bound one message could keep us asking.
 *
 * @param questions at most; answers from memory count too, so that a message is judged the same
 *     whatever was asked before it. 1 or more
 * @param time from the beginning of the message's checks to the last answer; positive
 */
public record Budget(int questions, Duration time) {
  /** Enough for SPF at its limits (RFC 7208 §4.6.4, at least 20 s), DKIM and DMARC. */
  public static final Budget DEFAULT = new Budget(200, Duration.ofSeconds(20));

  public Budget {
    if (questions < 1 || !time.isPositive()) {
      throw new IllegalArgumentException("a budget of nothing");
    }
  }
}
