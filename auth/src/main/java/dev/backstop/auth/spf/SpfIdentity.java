package dev.backstop.auth.spf;

/** Which of the client's two names was checked. */
public enum SpfIdentity {
  /** RFC 7208 §2.3. */
  HELO("helo"),
  /** RFC 7208 §2.4; of a message with the null sender it is {@code postmaster@HELO}. */
  MAIL_FROM("mailfrom");

  private final String word;

  SpfIdentity(String word) {
    this.word = word;
  }

  /** As {@code Received-SPF} writes it (RFC 7208 §9.1). */
  public String word() {
    return word;
  }
}
