package dev.backstop.auth.doctor.dmarc;

import dev.backstop.auth.dmarc.AlignmentMode;
import dev.backstop.auth.dmarc.DmarcPolicy;
import dev.backstop.auth.dmarc.DmarcRecord;
import dev.backstop.auth.dmarc.FailureOption;
import dev.backstop.auth.dmarc.PolicyRecord;
import dev.backstop.auth.dmarc.PublicSuffix;
import dev.backstop.auth.dmarc.ReportUri;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The way of a domain to {@code p=reject}: reports first, then one step after the other. */
final class DmarcSteps {
  private DmarcSteps() {}

  /**
   * A step.
   *
   * @param text what it is and when to take it
   */
  record Step(String text, DmarcRecord record) {}

  /** The first record of a domain: everything stays, and reports come (RFC 2142: to postmaster). */
  static DmarcRecord first(DnsName domain) {
    return record(DmarcPolicy.NONE, List.of(postmaster(domain)));
  }

  /** For a domain without mail. */
  static DmarcRecord noMail() {
    return record(DmarcPolicy.REJECT, List.of());
  }

  private static DmarcRecord record(DmarcPolicy policy, List<ReportUri> reports) {
    return new DmarcRecord(
        Optional.of(policy),
        Optional.empty(),
        Optional.empty(),
        PublicSuffix.UNKNOWN,
        AlignmentMode.RELAXED,
        AlignmentMode.RELAXED,
        Set.of(FailureOption.ALL_FAILED),
        reports,
        List.of(),
        false);
  }

  private static ReportUri postmaster(DnsName domain) {
    return new ReportUri("mailto:postmaster@" + domain);
  }

  /**
   * What to do next.
   *
   * @param mail whether the domain has mail that could be lost
   * @param findings what was found about the record
   */
  static Optional<Step> next(PolicyRecord policy, boolean mail, List<Finding> findings) {
    DmarcRecord record = policy.record();
    DmarcPolicy now = record.policy().orElse(DmarcPolicy.NONE);
    if (!mail) {
      return now == DmarcPolicy.REJECT
          ? cleaned(record, findings)
          : Optional.of(
              new Step(
                  "For a domain without mail the record is this.",
                  with(record, DmarcPolicy.REJECT, record.aggregateReports())));
    }
    if (record.aggregateReports().isEmpty()) {
      return Optional.of(
          new Step(
              "The next step is to ask for reports.",
              with(record, now, List.of(postmaster(policy.domain())))));
    }
    return switch (now) {
      case NONE -> Optional.of(step(record, DmarcPolicy.QUARANTINE));
      case QUARANTINE -> Optional.of(step(record, DmarcPolicy.REJECT));
      case REJECT -> cleaned(record, findings);
    };
  }

  private static Step step(DmarcRecord record, DmarcPolicy policy) {
    return new Step(
        "The next step, when the reports of some weeks show that all your mail passes, is this.",
        with(record, policy, record.aggregateReports()));
  }

  /** Without what is ignored, or keeps the policy from working. */
  private static Optional<Step> cleaned(DmarcRecord record, List<Finding> findings) {
    boolean odd =
        findings.stream()
            .map(Finding::code)
            .filter(DmarcCode.class::isInstance)
            .map(DmarcCode.class::cast)
            .anyMatch(DmarcSteps::isCleanable);
    return odd
        ? Optional.of(
            new Step(
                "Without what is ignored or in the way, the record is this.",
                with(record, DmarcPolicy.REJECT, record.aggregateReports())))
        : Optional.empty();
  }

  private static boolean isCleanable(DmarcCode code) {
    return switch (code) {
      case TAG_RETIRED,
          TAG_IGNORED,
          VALUE_IGNORED,
          PART_ONLY,
          PUBLIC_SUFFIX,
          TESTING,
          SUBDOMAINS_MILDER,
          REPORT_ADDRESS_UNUSABLE ->
          true;
      case UNANSWERED,
          NO_RECORD,
          NO_RECORD_NO_MAIL,
          NOT_QUITE,
          SEVERAL,
          REJECT,
          QUARANTINE,
          NONE,
          POLICY_UNUSABLE,
          POLICY_ASSUMED,
          NO_REPORTS,
          REPORTS_NOT_AGREED,
          REPORTS_UNREACHABLE,
          REPORTS_UNANSWERED,
          NOTHING_TO_PASS_WITH,
          SPF_ONLY,
          STRICT_WITHOUT_KEY,
          NEXT_STEP ->
          false;
    };
  }

  /** The same with that policy, also below the domain where it was milder. */
  private static DmarcRecord with(DmarcRecord record, DmarcPolicy policy, List<ReportUri> reports) {
    return new DmarcRecord(
        Optional.of(policy),
        record.subdomainPolicy().filter(it -> it.compareTo(policy) > 0),
        record.nonexistentPolicy().filter(it -> it.compareTo(policy) > 0),
        record.publicSuffix() == PublicSuffix.YES ? PublicSuffix.UNKNOWN : record.publicSuffix(),
        record.dkimAlignment(),
        record.spfAlignment(),
        record.failureOptions(),
        reports.stream().filter(uri -> uri.mailbox().isPresent()).toList(),
        record.failureReports(),
        false);
  }
}
