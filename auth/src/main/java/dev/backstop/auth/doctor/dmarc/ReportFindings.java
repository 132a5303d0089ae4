package dev.backstop.auth.doctor.dmarc;

import dev.backstop.auth.dmarc.DmarcRecord;
import dev.backstop.auth.dmarc.PolicyRecord;
import dev.backstop.auth.dmarc.ReportUri;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.RecordType;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Shown;
import java.util.ArrayList;
import java.util.List;

/** Judges where the reports of a DMARC record go (RFC 9990). */
final class ReportFindings {
  private final PolicyRecord policy;
  private final boolean mail;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * The reports of a record.
   *
   * @param mail whether the domain sends mail of which one could learn
   */
  ReportFindings(PolicyRecord policy, boolean mail) {
    this.policy = policy;
    this.mail = mail;
  }

  List<Finding> find(List<ReportAddress> addresses) {
    DmarcRecord record = policy.record();
    if (record.aggregateReports().isEmpty() && mail) {
      add(DmarcCode.NO_REPORTS, "The record of %s asks for no reports.".formatted(where()));
    }
    List<String> others =
        record.aggregateReports().stream()
            .filter(uri -> uri.mailbox().isEmpty())
            .map(ReportUri::text)
            .map(Shown::quoted)
            .toList();
    if (!others.isEmpty()) {
      add(
          DmarcCode.REPORT_ADDRESS_UNUSABLE,
          "Reports go to mail addresses (mailto:) only, not to %s.".formatted(Shown.list(others)));
    }
    addresses.forEach(this::address);
    return findings;
  }

  private void address(ReportAddress address) {
    String shown = Shown.name(address.domain());
    if (address.isUnreachable()) {
      add(
          DmarcCode.REPORTS_UNREACHABLE,
          "%s, where reports are to go, takes no mail.".formatted(shown));
    } else if (address.isUnanswered()) {
      add(
          DmarcCode.REPORTS_UNANSWERED,
          "Whether %s agrees to take reports about %s could not be found out."
              .formatted(shown, where()));
    } else if (address.external().orElse(false) && !address.isAgreed()) {
      add(
          DmarcCode.REPORTS_NOT_AGREED,
          "%s does not say that it takes reports about %s.".formatted(shown, where()),
          address.permission().stream()
              .map(name -> Remedy.publish(name, RecordType.TXT, "v=DMARC1"))
              .toArray(Remedy[]::new));
    }
  }

  private String where() {
    return Shown.name(policy.domain());
  }

  private void add(DmarcCode code, String text, Remedy... remedies) {
    findings.add(Finding.of(code, text, remedies));
  }
}
