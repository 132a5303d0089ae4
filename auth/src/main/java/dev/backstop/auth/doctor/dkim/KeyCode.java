package dev.backstop.auth.doctor.dkim;

import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;

/** What can be found about DKIM keys. */
public enum KeyCode implements Code {
  USABLE(Severity.OK, ""),
  NONE_FOUND(
      Severity.NOTE,
      "DNS shows keys only to who knows their selectors: name them with --selector. They stand"
          + " as s= in the DKIM-Signature field of any message that you sent."),
  WILDCARD(Severity.NOTE, "No other selector was looked at, since each would seem to have a key."),
  UNANSWERED(Severity.CANNOT_TELL, "It says nothing about the key; try again, or with --dns."),
  MISSING(Severity.PROBLEM, "Signatures with this selector fail; so may DMARC, and mail is lost."),
  OWN_MISSING(
      Severity.PROBLEM, "Mail is signed with this key now, and every one of its signatures fails."),
  OWN_NOT_YET(Severity.NOTE, "The key waits for it; then “backstop keys dkim rotate” uses it."),
  OWN_GONE_EARLY(
      Severity.WARNING, "Mail signed with it may still be under way, and its signatures fail."),
  OWN_CAN_GO(Severity.NOTE, "Nothing is signed with that key any more; its record can go."),
  OWN_IS_DIFFERENT(
      Severity.PROBLEM, "Signatures made here are checked with another key, and fail."),
  SEVERAL(
      Severity.PROBLEM,
      "There must be one; with several it is undefined which counts (RFC 6376 §3.6.2.2)."),
  UNUSABLE(Severity.PROBLEM, "Signatures with this selector fail; so may DMARC, and mail is lost."),
  REVOKED(Severity.NOTE, "That is right for a key that was stolen or is long out of use."),
  TOO_WEAK(
      Severity.PROBLEM,
      "Anybody can compute the private half and sign as you; receivers ignore such keys (RFC 8301"
          + " §3.2)."),
  WEAK(Severity.WARNING, "It holds for now; 2048 bits is what one should have (RFC 8301 §3.2)."),
  VERY_LONG(Severity.NOTE, "Verifiers must handle 4096 bits only (RFC 8301 §3.2); some ignore it."),
  TESTING(
      Severity.WARNING,
      "It tells receivers that you only try DKIM out (t=y); some ignore such keys."),
  ED25519_ONLY(
      Severity.WARNING,
      "Many receivers cannot check Ed25519 yet: sign with an RSA key too (RFC 8463 §3).");

  private final Severity severity;
  private final String why;

  KeyCode(Severity severity, String why) {
    this.severity = severity;
    this.why = why;
  }

  @Override
  public Section section() {
    return Section.DKIM;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String why() {
    return why;
  }
}
