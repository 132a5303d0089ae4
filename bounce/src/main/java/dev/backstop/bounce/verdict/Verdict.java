package dev.backstop.bounce.verdict;

import java.util.Locale;

/** What a message is to us. */
public enum Verdict {
  /** Not automatic. */
  ORDINARY,
  /** Automatic, and proved to answer mail that we sent. */
  GENUINE,
  /** Automatic, and proved to answer mail that we did not send. */
  BACKSCATTER,
  /** Automatic, and no proof is possible either way. */
  UNPROVEN;

  /** As printed: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
