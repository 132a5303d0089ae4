package dev.backstop.auth.spf;

/** What a mechanism that matches results in (RFC 7208 §4.6.2). */
public enum Qualifier {
  PASS('+', SpfResult.PASS),
  FAIL('-', SpfResult.FAIL),
  SOFTFAIL('~', SpfResult.SOFTFAIL),
  NEUTRAL('?', SpfResult.NEUTRAL);

  private final char mark;
  private final SpfResult result;

  Qualifier(char mark, SpfResult result) {
    this.mark = mark;
    this.result = result;
  }

  /** The character before the mechanism. */
  public char mark() {
    return mark;
  }

  public SpfResult result() {
    return result;
  }
}
