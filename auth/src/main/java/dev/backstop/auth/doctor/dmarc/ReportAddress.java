package dev.backstop.auth.doctor.dmarc;

import dev.backstop.auth.dmarc.DmarcParser;
import dev.backstop.auth.dmarc.TreeWalk;
import dev.backstop.auth.doctor.ask.HostAddresses;
import dev.backstop.auth.doctor.mx.MxFacts;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.util.Optional;

/**
 * A domain to which reports are to go, and whether they can.
 *
 * @param external whether it is of another organization, which must agree; empty when that could
 *     not be found out
 * @param permission where it says so (RFC 9990 §4); empty when there can be no such name
 * @param agreed what stands there; empty when it was not asked for
 * @param mail who takes its mail
 */
public record ReportAddress(
    DnsName domain,
    Optional<Boolean> external,
    Optional<DnsName> permission,
    Optional<Answer<String>> agreed,
    MxFacts mail) {

  /**
   * Asks; at most eight questions for the organization, and some sixty for hosts.
   *
   * @param policyDomain where the policy was found
   * @param organization of the policy
   */
  static ReportAddress look(
      Resolver resolver, DnsName domain, DnsName policyDomain, Optional<DnsName> organization) {
    Optional<Boolean> external =
        domain.equals(policyDomain)
            ? Optional.of(false)
            : organization.flatMap(ours ->
                new TreeWalk(resolver)
                    .walk(domain)
                    .organizationalDomain()
                    .map(other -> !other.equals(ours)));
    Optional<DnsName> permission = domain.under(policyDomain.text() + "._report._dmarc");
    boolean ask = external.orElse(false);
    return new ReportAddress(
        domain,
        external,
        permission,
        ask ? permission.map(resolver::txt) : Optional.empty(),
        MxFacts.look(resolver, domain));
  }

  /** Whether the owner of the address agrees (RFC 9990 §4: any record of that version does). */
  boolean isAgreed() {
    return agreed
        .filter(answer ->
            answer.records().stream().anyMatch(text -> DmarcParser.parse(text).isPresent()))
        .isPresent();
  }

  boolean isUnanswered() {
    return external.isEmpty() || agreed.filter(Answer::isTemporary).isPresent();
  }

  /** Surely without anybody who takes mail. */
  boolean isUnreachable() {
    boolean noHost =
        !mail.hosts().isEmpty()
            && mail.hosts().stream()
                .map(MxFacts.Host::addresses)
                .allMatch(HostAddresses::isMissing);
    return !mail.domainExists() || mail.takesNoMail() || noHost;
  }
}
