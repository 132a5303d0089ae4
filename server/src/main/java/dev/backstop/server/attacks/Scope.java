package dev.backstop.server.attacks;

import java.util.Locale;

/** What an attack falls on. */
public enum Scope {
  /** One mailbox. */
  ADDRESS,
  /** Many addresses of one domain, each only a few times: most of them are invented. */
  DOMAIN;

  /** As printed: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
