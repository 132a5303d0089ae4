package dev.backstop.auth.doctor;

import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.auth.doctor.spf.SpfNode;
import dev.backstop.dns.DnsName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was found about one domain. Immutable.
 *
 * @param findings section by section; never empty
 * @param spf the SPF record with all that it leads to; empty when the domain does not exist
 */
public record Report(DnsName domain, List<Finding> findings, Optional<SpfNode> spf) {
  public Report {
    findings = List.copyOf(findings);
  }

  /** The worst of all. */
  public Severity worst() {
    return findings.stream()
        .map(finding -> finding.code().severity())
        .max(Comparator.naturalOrder())
        .orElse(Severity.OK);
  }

  /** Those of one section, in order. */
  public List<Finding> of(Section section) {
    return findings.stream().filter(finding -> finding.code().section() == section).toList();
  }

  /** How many there are of that severity. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.code().severity() == severity).count();
  }
}
