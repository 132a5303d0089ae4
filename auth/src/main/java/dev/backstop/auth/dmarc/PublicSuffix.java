package dev.backstop.auth.dmarc;

/** Whether others may register names under a domain: the tag {@code psd} (RFC 9989 §4.7). */
public enum PublicSuffix {
  /** It is a public suffix; the organizational domain is one label below. */
  YES("y"),
  /** It is none, and the organizational domain for itself and all below. */
  NO("n"),
  /** Nothing is said; the tree walk finds out. */
  UNKNOWN("u");

  private final String text;

  PublicSuffix(String text) {
    this.text = text;
  }

  /** The value of {@code psd}. */
  public String text() {
    return text;
  }
}
