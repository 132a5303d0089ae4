package dev.backstop.auth.dmarc;

/** The results of DMARC (RFC 9989 §9.2). */
public enum DmarcResult {
  /** No record applies. */
  NONE("none"),
  /** An aligned domain is authenticated. */
  PASS("pass"),
  /** A record applies, and no aligned domain is authenticated. */
  FAIL("fail"),
  /** Name servers did not answer; it may be found out later. */
  TEMPERROR("temperror"),
  /** The record cannot be used, so that DMARC does not apply (RFC 9989 §4.10.1). */
  PERMERROR("permerror");

  private final String text;

  DmarcResult(String text) {
    this.text = text;
  }

  /** As in Authentication-Results. */
  public String text() {
    return text;
  }
}
