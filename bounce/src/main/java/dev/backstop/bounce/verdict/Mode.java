package dev.backstop.bounce.verdict;

import java.util.Locale;

/** How far Backstop may go for a domain. */
public enum Mode {
  /** Sign, journal, judge and say what enforcing would have done; refuse nothing. The default. */
  OBSERVE,
  /** Refuse what is proved false. Says too that all mail of the domain leaves through Backstop. */
  ENFORCE;

  /** As written in the configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
