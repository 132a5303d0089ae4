package dev.backstop.bounce.proof;

import java.util.Locale;

/** What one proof found. */
public enum Finding {
  /** We sent the message that is answered. */
  PROVEN,
  /** We did not send it. */
  DISPROVEN,
  /** This proof cannot tell. */
  NONE,
  /** It could have told, but something failed (store, key). Never counts against a message. */
  ERROR;

  /** As printed: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
