package dev.backstop.auth.dmarc;

/** How near to the author domain an authenticated domain must be (RFC 9989 §3.2.10). */
public enum AlignmentMode {
  /** Of the same organizational domain. */
  RELAXED("r"),
  /** The very same domain. */
  STRICT("s");

  private final String text;

  AlignmentMode(String text) {
    this.text = text;
  }

  /** The value of {@code adkim} and {@code aspf}. */
  public String text() {
    return text;
  }
}
