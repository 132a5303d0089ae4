package dev.backstop.server.config;

import java.util.Locale;

/** How far Backstop may go with answers to a domain. */
public enum AnswerMode {
  /** Judge and say what enforcing would have done; hold nothing up. The default. */
  OBSERVE,
  /** Do what the policy says. Says too that all mail of the domain leaves through Backstop. */
  ENFORCE,
  /** Observe until that has been safe for long enough, then enforce. */
  AUTO;

  /** As written in the configuration: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
