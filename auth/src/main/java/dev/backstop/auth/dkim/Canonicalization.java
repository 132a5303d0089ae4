package dev.backstop.auth.dkim;

import java.util.Optional;

/** What a signature forgives on the way (RFC 6376 §3.4). */
public enum Canonicalization {
  /** Nearly nothing: empty lines at the end of the body. */
  SIMPLE("simple"),
  /** Blanks that come, go or change, and folding. */
  RELAXED("relaxed");

  private final String tag;

  Canonicalization(String tag) {
    this.tag = tag;
  }

  /** The word in {@code c=}. */
  public String tag() {
    return tag;
  }

  static Optional<Canonicalization> of(String tag) {
    return tag.equals(SIMPLE.tag)
        ? Optional.of(SIMPLE)
        : tag.equals(RELAXED.tag) ? Optional.of(RELAXED) : Optional.empty();
  }
}
