package dev.backstop.auth.dkim;

import java.util.EnumSet;
import java.util.Set;

/** What a signature leaves open even when it is good. */
public enum Weakness {
  /** {@code l=}: whatever is put under the signed part of the body is not noticed. */
  BODY_LENGTH("only the beginning of the body is signed"),
  /** RSA of fewer than 2,048 bits (RFC 8301 §3.2). */
  SMALL_KEY("the RSA key has fewer than 2048 bits"),
  /** {@code t=y}: the domain does not want to be held to it (RFC 6376 §3.6.1). */
  TESTING("the domain is testing DKIM"),
  SUBJECT_UNSIGNED("Subject is not signed"),
  DATE_UNSIGNED("Date is not signed"),
  /** Another Content-Type makes the same body another text. */
  CONTENT_TYPE_UNSIGNED("Content-Type is not signed"),
  /** A field that may stand once stands again: one may be shown, another was signed. */
  FIELD_REPEATED("a field occurs again, unsigned");

  private static final int GOOD_RSA_BITS = 2048;

  /** RFC 5322 §3.6, RFC 2045 §3: at most one of each; From is not let through at all. */
  private static final String[] SINGLE = {
    "Date",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Subject",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
  };

  private final String words;

  Weakness(String words) {
    this.words = words;
  }

  /** A few words for explanations. */
  public String describe() {
    return words;
  }

  /** Of a signature and what it covers of a header. */
  static Set<Weakness> of(SignedHeader header, DkimSignature signature) {
    Set<Weakness> found = EnumSet.noneOf(Weakness.class);
    if (signature.bodyLength().isPresent()) {
      found.add(BODY_LENGTH);
    }
    for (String name : SINGLE) {
      int all = header.count(name);
      int signed = all == 0 ? 0 : signature.times(name);
      if (all > 1 && signed < all) {
        found.add(FIELD_REPEATED);
      }
      if (all > 0 && signed == 0) {
        switch (name) {
          case "Subject" -> found.add(SUBJECT_UNSIGNED);
          case "Date" -> found.add(DATE_UNSIGNED);
          case "Content-Type" -> found.add(CONTENT_TYPE_UNSIGNED);
          default -> {}
        }
      }
    }
    return found;
  }

  /** Of a key. */
  public static Set<Weakness> of(KeyRecord key) {
    Set<Weakness> found = EnumSet.noneOf(Weakness.class);
    if (key.algorithm() == Algorithm.RSA_SHA256 && key.bits() < GOOD_RSA_BITS) {
      found.add(SMALL_KEY);
    }
    if (key.testing()) {
      found.add(TESTING);
    }
    return found;
  }
}
