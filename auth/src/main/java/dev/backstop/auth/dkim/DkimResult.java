package dev.backstop.auth.dkim;

import java.util.Locale;

/** What became of a signature, in the words of Authentication-Results (RFC 8601 §2.7.1). */
public enum DkimResult {
  /** The message has no signature. No outcome says so: there is none. */
  NONE,
  /** The signature is good, header and body. */
  PASS,
  /** Header or body is not what was signed. */
  FAIL,
  /** It may be good, but we do not let such signatures count. */
  POLICY,
  /** Not looked at, because a bound of ours was reached. */
  NEUTRAL,
  /** The key could not be had now; a later try may give another result. */
  TEMPERROR,
  /** Signature or key record is wrong, missing or revoked: no later try will help. */
  PERMERROR;

  /** The word as it is written. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
