package dev.backstop.bounce.form;

import java.util.Locale;

/** The kinds of mail, named as {@code check --json} prints them. */
public enum Form {
  ORDINARY,
  BOUNCE,
  AUTO_REPLY,
  CHALLENGE,
  RECEIPT,
  NOTICE,
  LIST_NOTICE,
  FEEDBACK_REPORT,
  REPORT;

  /** As printed: lower case with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
