package dev.backstop.auth.doctor.blocklist;

import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;

/** What can be found about blocklists. */
public enum ListCode implements Code {
  NOT_LISTED(Severity.OK, ""),
  LISTED(
      Severity.PROBLEM,
      "Receivers that use this list refuse or sort out its mail. Find the reason before you ask to"
          + " be taken off: it lists again at once."),
  LIST_REFUSES(
      Severity.CANNOT_TELL,
      "Such lists do not answer public resolvers or heavy users; ask through a resolver of your"
          + " own with --dns."),
  LIST_BROKEN(
      Severity.CANNOT_TELL,
      "Test addresses that every list must and must not contain (RFC 5782 §5) came out wrong: it"
          + " is closed, or the resolver changes its answers."),
  UNANSWERED(Severity.CANNOT_TELL, "It says nothing about the hosts; try again, or with --dns.");

  private final Severity severity;
  private final String why;

  ListCode(Severity severity, String why) {
    this.severity = severity;
    this.why = why;
  }

  @Override
  public Section section() {
    return Section.BLOCKLISTS;
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
