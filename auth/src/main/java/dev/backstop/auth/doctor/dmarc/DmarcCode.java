package dev.backstop.auth.doctor.dmarc;

import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;

/** What can be found about DMARC. */
public enum DmarcCode implements Code {
  UNANSWERED(Severity.CANNOT_TELL, "It says nothing about the record; try again, or with --dns."),
  NO_RECORD(
      Severity.PROBLEM,
      "Anybody can write this domain into From and nobody tells you; large receivers ask for DMARC."
          + " This record changes nothing for your mail and brings reports."),
  NO_RECORD_NO_MAIL(
      Severity.WARNING, "Anybody can write this domain into From, though it sends no mail."),
  NOT_QUITE(Severity.PROBLEM, "It counts for nothing (RFC 9989 §4.7)."),
  SEVERAL(Severity.PROBLEM, "Receivers then use none of them (RFC 9989 §4.10)."),
  REJECT(Severity.OK, ""),
  QUARANTINE(Severity.NOTE, "Forged mail still arrives, in spam folders."),
  NONE(Severity.WARNING, "Receivers only watch and report; forged mail arrives like yours."),
  POLICY_UNUSABLE(Severity.PROBLEM, "The record protects from nothing (RFC 9989 §4.10.1)."),
  POLICY_ASSUMED(Severity.WARNING, "Receivers take it for p=none (RFC 9989 §4.10.1)."),
  TESTING(Severity.WARNING, "With t=y receivers do what is one level milder (RFC 9989 §4.7)."),
  SUBDOMAINS_MILDER(
      Severity.WARNING, "Forgers take a name under yours instead; it need not even exist."),
  PART_ONLY(
      Severity.WARNING,
      "Receivers after RFC 9989 ignore pct and apply the policy to all mail, others to a part."),
  TAG_RETIRED(Severity.NOTE, "It means nothing any more (RFC 9989 §C.5.2)."),
  TAG_IGNORED(Severity.WARNING, "Receivers ignore it; whatever it was to do, it does not."),
  VALUE_IGNORED(Severity.WARNING, "Receivers take the default in its place (RFC 9989 §4.8)."),
  PUBLIC_SUFFIX(
      Severity.WARNING,
      "psd=y is for registries such as “com” only: it keeps subdomains from being aligned."),
  NO_REPORTS(
      Severity.WARNING,
      "Without rua nobody tells you who sends in your name, nor that your own mail fails."),
  REPORT_ADDRESS_UNUSABLE(Severity.WARNING, "Nobody sends reports there (RFC 9990)."),
  REPORTS_NOT_AGREED(
      Severity.WARNING,
      "Reports may go to another organization only if it says so in its own DNS (RFC 9990 §4);"
          + " until then none are sent there. Its owner has to publish this."),
  REPORTS_UNREACHABLE(Severity.WARNING, "Reports to that address come back."),
  REPORTS_UNANSWERED(
      Severity.CANNOT_TELL, "It says nothing about the reports; try again, or with --dns."),
  NOTHING_TO_PASS_WITH(
      Severity.PROBLEM, "Mail of the domain cannot pass DMARC, and is treated as its policy says."),
  SPF_ONLY(
      Severity.NOTE,
      "Mail that is forwarded fails SPF; only a DKIM signature lets it pass. If you sign, name"
          + " the selector with --selector."),
  STRICT_WITHOUT_KEY(
      Severity.NOTE,
      "Signatures of subdomains or of the parent do not count with adkim=s. Use adkim=r, or see"
          + " that mail is signed with exactly this domain."),
  NEXT_STEP(Severity.NOTE, "");

  private final Severity severity;
  private final String why;

  DmarcCode(Severity severity, String why) {
    this.severity = severity;
    this.why = why;
  }

  @Override
  public Section section() {
    return Section.DMARC;
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
