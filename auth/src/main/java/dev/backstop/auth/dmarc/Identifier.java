package dev.backstop.auth.dmarc;

import dev.backstop.dns.DnsName;

/**
 * A domain that SPF or DKIM vouches for, or could not be asked about (RFC 9989 §3.2.1). What failed
 * is no identifier and is left out.
 *
 * @param domain for DKIM the signing domain {@code d=}. For SPF that of MAIL FROM and no other (RFC
 *     9989 §4.4.2); with the null sender the HELO name takes its place (RFC 7208 §2.4).
 */
public record Identifier(Mechanism mechanism, DnsName domain, State state) {

  /** Who vouches. */
  public enum Mechanism {
    SPF("spf"),
    DKIM("dkim");

    private final String text;

    Mechanism(String text) {
      this.text = text;
    }

    /** As in Authentication-Results. */
    public String text() {
      return text;
    }
  }

  /** How sure it is. */
  public enum State {
    /** Authenticated. */
    PASS,
    /**
     * Might have passed: temperror. The domain counts here too, because a stranger can always sign
     * with a domain whose name servers do not answer, and must not escape a policy so.
     */
    TEMPERROR
  }

  /** SPF passed for that domain. */
  public static Identifier spfPass(DnsName domain) {
    return new Identifier(Mechanism.SPF, domain, State.PASS);
  }

  /** A signature of that domain verified. */
  public static Identifier dkimPass(DnsName domain) {
    return new Identifier(Mechanism.DKIM, domain, State.PASS);
  }

  /** SPF of that domain could not be evaluated for now. */
  public static Identifier spfTemperror(DnsName domain) {
    return new Identifier(Mechanism.SPF, domain, State.TEMPERROR);
  }

  /** A signature of that domain could not be verified for now. */
  public static Identifier dkimTemperror(DnsName domain) {
    return new Identifier(Mechanism.DKIM, domain, State.TEMPERROR);
  }

  @Override
  public String toString() {
    return mechanism.text() + "=" + domain;
  }
}
