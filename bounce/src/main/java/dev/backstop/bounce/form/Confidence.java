package dev.backstop.bounce.form;

import java.util.Locale;

/**
 * How sure the recognition of the form is: a standard's own marks, a known program's words, or
 * hints only.
 */
public enum Confidence {
  HIGH,
  MEDIUM,
  LOW;

  /** As printed: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
