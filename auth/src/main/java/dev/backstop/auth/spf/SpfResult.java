package dev.backstop.auth.spf;

/** The seven results of SPF (RFC 7208 §2.6). */
public enum SpfResult {
  /** Nothing was checked: no domain name, or no record. */
  NONE("none"),
  /** The domain says that it does not say. To be treated like {@link #NONE} (§8.2). */
  NEUTRAL("neutral"),
  /** The host may use the domain. */
  PASS("pass"),
  /** The host may not use the domain. */
  FAIL("fail"),
  /** The host probably may not use the domain. */
  SOFTFAIL("softfail"),
  /** A name server did not answer; later there may be another result. */
  TEMPERROR("temperror"),
  /** The records cannot be understood, or ask for too much. */
  PERMERROR("permerror");

  private final String word;

  SpfResult(String word) {
    this.word = word;
  }

  /** As header fields write it. */
  public String word() {
    return word;
  }
}
