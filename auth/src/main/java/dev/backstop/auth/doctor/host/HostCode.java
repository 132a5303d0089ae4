package dev.backstop.auth.doctor.host;

import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;

/** What can be found about the reverse names of hosts. */
public enum HostCode implements Code {
  CONFIRMED(Severity.OK, ""),
  NO_NAME(
      Severity.PROBLEM,
      "Large receivers refuse mail from hosts without a name. Who gave you the address sets it."),
  NO_NAME_FOR_RECEIVER(Severity.NOTE, "It matters when that host sends mail too, such as bounces."),
  NAME_LEADS_ASTRAY(
      Severity.PROBLEM, "Large receivers refuse mail from hosts whose name does not lead back."),
  NAME_OF_RECEIVER_LEADS_ASTRAY(
      Severity.NOTE, "It matters when that host sends mail too, such as bounces."),
  NAME_LIKE_A_HOME_LINE(
      Severity.WARNING, "Many receivers take such a name for a home line and refuse its mail."),
  UNANSWERED(Severity.CANNOT_TELL, "It says nothing about the host; try again, or with --dns."),
  MANY(Severity.NOTE, "The others were not looked at, here and on blocklists.");

  private final Severity severity;
  private final String why;

  HostCode(Severity severity, String why) {
    this.severity = severity;
    this.why = why;
  }

  @Override
  public Section section() {
    return Section.HOSTS;
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
