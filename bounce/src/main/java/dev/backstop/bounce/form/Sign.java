package dev.backstop.bounce.form;

import java.util.Locale;

/** What a phrase in {@code wording.txt} is a sign of. */
enum Sign {
  DAEMON,
  FAILED,
  DELAYED,
  DELIVERED,
  REPLY,
  CHALLENGE,
  NOTICE,
  LIST_NOTICE,
  FEEDBACK,
  REPORT,
  HUMAN;

  static Sign named(String kind) {
    return valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
