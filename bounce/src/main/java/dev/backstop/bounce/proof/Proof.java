package dev.backstop.bounce.proof;

import java.util.Locale;

/** The independent ways to find out whether we sent the message that is answered. */
public enum Proof {
  /** The tag in the recipient's address. */
  BATV,
  /** What we wrote down of mail that we sent. */
  JOURNAL,
  /** Our DKIM signature over the returned header. */
  DKIM,
  /** Our own header field in the returned header. */
  TOKEN,
  /** The host that handed the returned message to the reporting server. */
  PATH,
  /** Whether the address that was answered sends mail at all. */
  NEVER_SENDS,
  /** Whether the reporting host is known for backscatter. */
  LISTED,
  /** Whether the address is flooded with automatic mail just now. */
  BURST;

  /** As printed: lower case with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
