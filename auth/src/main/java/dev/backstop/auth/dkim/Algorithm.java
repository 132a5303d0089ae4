package dev.backstop.auth.dkim;

/** The signature algorithms that count (RFC 8301 §3.1, RFC 8463 §3). */
public enum Algorithm {
  RSA_SHA256("rsa-sha256", "rsa"),
  ED25519_SHA256("ed25519-sha256", "ed25519");

  private final String tag;
  private final String keyType;

  Algorithm(String tag, String keyType) {
    this.tag = tag;
    this.keyType = keyType;
  }

  /** The value of {@code a=} in a signature. */
  public String tag() {
    return tag;
  }

  /** The value of {@code k=} in a key record. */
  public String keyType() {
    return keyType;
  }
}
