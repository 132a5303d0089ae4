package dev.backstop.bounce.form;

import java.util.Locale;

/** What a bounce reports: the Action of its recipients (RFC 3464 §2.3.3), the worst first. */
public enum Subform {
  FAILED,
  DELAYED,
  EXPANDED,
  RELAYED,
  DELIVERED;

  /** As printed: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
