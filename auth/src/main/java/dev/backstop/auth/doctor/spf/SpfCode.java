package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.finding.Code;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;

/** What can be found about an SPF record. */
public enum SpfCode implements Code {
  VALID(Severity.OK, ""),
  UNANSWERED(Severity.CANNOT_TELL, "It says nothing about the record; try again, or with --dns."),
  NO_RECORD(
      Severity.PROBLEM,
      "Anybody can send as this domain and make you get the bounces; large receivers refuse mail"
          + " without SPF. Add every other host that sends before you publish this."),
  NO_RECORD_NO_MAIL(
      Severity.WARNING,
      "Anybody can send as this domain. One that sends no mail should say so (RFC 7208 §10.1.2)."),
  NOT_QUITE(
      Severity.PROBLEM, "A record counts only if it begins with “v=spf1” and a blank (§4.5)."),
  SEVERAL(Severity.PROBLEM, "Receivers then use none of them (permerror, RFC 7208 §4.5)."),
  SYNTAX(
      Severity.PROBLEM,
      "One error makes the whole record useless (permerror, RFC 7208 §4.6): nobody passes."),
  TOO_MANY_LOOKUPS(
      Severity.PROBLEM,
      "Receivers stop at 10 with permerror (RFC 7208 §4.6.4), so that hosts that stand late in the"
          + " record do not pass. Name addresses instead, or take out services no longer used."),
  NEARLY_TOO_MANY_LOOKUPS(
      Severity.NOTE, "Whoever is included can add one at any time; at 11 the record breaks."),
  TOO_MANY_VOID_LOOKUPS(
      Severity.PROBLEM, "Receivers stop at the third with permerror (RFC 7208 §4.6.4)."),
  FINDS_NOTHING(
      Severity.WARNING,
      "It costs a lookup for nothing. Whoever can register or fill that name may send as you."),
  TOO_MANY_EXCHANGERS(
      Severity.PROBLEM, "Receivers stop at the eleventh with permerror (RFC 7208 §4.6.4)."),
  TARGET_HAS_NO_RECORD(
      Severity.PROBLEM,
      "Receivers that come so far stop with permerror (RFC 7208 §5.2, §6.1): who has not passed by"
          + " then never does."),
  TARGET_UNANSWERED(
      Severity.CANNOT_TELL, "It says nothing about the record; try again, or with --dns."),
  LOOP(Severity.PROBLEM, "Receivers go round until their limit and stop with permerror."),
  ALLOWS_EVERYBODY(
      Severity.PROBLEM, "Forgers pass SPF, and with it DMARC: it is worse than no record."),
  ENDS_NEUTRAL(
      Severity.WARNING,
      "Receivers learn nothing about hosts that are not named, which is as good as no record."),
  NO_END(
      Severity.WARNING,
      "Without “all” hosts that are not named are neutral (RFC 7208 §4.7): nobody is kept out."),
  NEVER_REACHED(Severity.WARNING, "Everybody has matched before (RFC 7208 §5.1)."),
  PTR(
      Severity.WARNING,
      "It is slow, fails often and should not be published (RFC 7208 §5.5). Name addresses."),
  RANGE_HUGE(Severity.PROBLEM, "Millions of strangers can send as you from there and pass SPF."),
  RANGE_WIDE(
      Severity.WARNING, "Hardly all of these hosts are yours; each of them can send as you."),
  RANGE_WIDE_ELSEWHERE(
      Severity.NOTE, "Each of these hosts can send as you; only its owner can change that."),
  RANGE_TWICE(Severity.NOTE, "The record can be shorter."),
  RANGE_NOT_PUBLIC(Severity.NOTE, "No receiver ever sees such an address (RFC 6890)."),
  MISTAKEN_MODIFIER(
      Severity.WARNING, "With “=” it is a modifier that nobody knows, and is ignored."),
  UNKNOWN_MODIFIER(Severity.NOTE, "Receivers ignore what they do not know (RFC 7208 §6)."),
  DEPENDS_ON_SENDER(
      Severity.NOTE, "It has macros, so that only a receiver with a message can look it up."),
  LONG_ANSWER(
      Severity.NOTE,
      "Beyond 512 octets the answer may need TCP, which some firewalls forbid (RFC 7208 §3.4)."),
  ALLOWS_WITHOUT_MAIL(
      Severity.NOTE,
      "If it sends none either, “v=spf1 -all” keeps forgers out (RFC 7208 §10.1.2)."),
  MENDED(Severity.NOTE, "Check that every host that sends for you is in it before you publish it.");

  private final Severity severity;
  private final String why;

  SpfCode(Severity severity, String why) {
    this.severity = severity;
    this.why = why;
  }

  @Override
  public Section section() {
    return Section.SPF;
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
