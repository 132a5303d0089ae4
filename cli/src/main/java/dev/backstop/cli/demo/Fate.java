package dev.backstop.cli.demo;

import java.util.List;

/** What became of a mail to one of our users, as the world can see it. */
enum Fate {
  /** In the right mailbox, and as it was sent. */
  DELIVERED,
  /** Refused at MAIL or RCPT: no octet of it was transferred. */
  REFUSED_BEFORE_DATA,
  /** Refused after its data. */
  REFUSED_AT_END,
  /** Taken, but it came into no mailbox or another, or it was changed on the way. */
  DAMAGED;

  private static final String VERDICT = "Backstop-Verdict";

  static Fate of(Arrival arrival, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Refused refused -> refused.atEnd() ? REFUSED_AT_END : REFUSED_BEFORE_DATA;
      case Outcome.Accepted accepted -> isWhole(arrival, accepted.mail()) ? DELIVERED : DAMAGED;
    };
  }

  /** Ordinary mail must arrive as it is; an answer may have the verdict on top. */
  private static boolean isWhole(Arrival arrival, Mail delivered) {
    boolean place =
        delivered.recipients().equals(List.of(arrival.user()))
            && OurMailServer.hasMailbox(arrival.user());
    Letter letter =
        arrival.truth() == Truth.ORDINARY
            ? delivered.letter()
            : delivered.letter().without(VERDICT);
    return place && letter.equals(arrival.mail().letter());
  }

  boolean isRefused() {
    return this == REFUSED_BEFORE_DATA || this == REFUSED_AT_END;
  }
}
