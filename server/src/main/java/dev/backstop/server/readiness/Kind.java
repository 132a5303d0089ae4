package dev.backstop.server.readiness;

import java.util.Locale;
import java.util.Optional;

/** What is learned about where mail in the name of a domain comes from. */
public enum Kind {
  /** It left through us, tagged and written down. No trouble, but the proof that we see any. */
  THROUGH_US,
  /** It left through us without a tag, because the destination is excepted or the address long. */
  WITHOUT_TAG,
  /**
   * It came to us from outside, and SPF or DKIM proves that the domain's owner lets that source
   * send: a newsletter service, an application server.
   */
  FROM_OUTSIDE,
  /** An answer proved genuine came to an address without a tag: its mail had left past us. */
  GENUINE_WITHOUT_TAG,
  /**
   * Enforcing would refuse an answer although the answered message came from a host that may send
   * for the domain: nothing but that was proved.
   */
  REFUSED_THOUGH_LIKELY;

  /** As stored and printed: lower case with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Kind> parse(String text) {
    for (Kind kind : values()) {
      if (kind.toString().equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Whether enforcing would lose something by it. */
  boolean isObstacle() {
    return switch (this) {
      case THROUGH_US, WITHOUT_TAG -> false;
      case FROM_OUTSIDE, GENUINE_WITHOUT_TAG, REFUSED_THOUGH_LIKELY -> true;
    };
  }
}
