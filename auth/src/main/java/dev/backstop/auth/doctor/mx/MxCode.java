package dev.backstop.auth.doctor.mx;

import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;

/** What can be found about the hosts that take mail. */
public enum MxCode implements Code {
  NO_SUCH_DOMAIN(Severity.PROBLEM, "Nobody can send it mail, and receivers refuse mail from it."),
  UNANSWERED(Severity.CANNOT_TELL, "It says nothing about the domain; try again, or with --dns."),
  FOUND(Severity.OK, ""),
  NULL_MX(Severity.OK, ""),
  NULL_MX_AND_OTHERS(
      Severity.PROBLEM, "Some senders will deliver and others give up at once (RFC 7505 §3)."),
  NO_MX(
      Severity.WARNING,
      "Mail goes to whatever runs there, often a web server, and some receivers refuse senders"
          + " without MX. If the domain takes no mail, publish “0 .” instead."),
  NOWHERE(
      Severity.WARNING,
      "Senders try for days before they give up. A domain without mail should say so; many"
          + " receivers refuse mail from one that takes none."),
  HOST_IS_ALIAS(
      Severity.PROBLEM,
      "An MX must name the host itself (RFC 2181 §10.3); some senders do not deliver otherwise."),
  HOST_IS_ADDRESS(
      Severity.PROBLEM, "An MX names a host, never an address (RFC 1035 §3.3.9): nobody delivers."),
  HOST_WITHOUT_ADDRESS(
      Severity.PROBLEM, "Senders cannot reach it and wait, or give up when there is no other."),
  HOST_UNANSWERED(
      Severity.CANNOT_TELL, "It says nothing about the host; try again, or with --dns."),
  HOST_NOT_PUBLIC(Severity.PROBLEM, "Nobody outside can reach such an address (RFC 6890)."),
  NO_IPV6(Severity.NOTE, "Senders that speak IPv6 only, still few, cannot deliver."),
  MANY_HOSTS(Severity.WARNING, "No sender tries so many; the rest was not looked at.");

  private final Severity severity;
  private final String why;

  MxCode(Severity severity, String why) {
    this.severity = severity;
    this.why = why;
  }

  @Override
  public Section section() {
    return Section.MX;
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
