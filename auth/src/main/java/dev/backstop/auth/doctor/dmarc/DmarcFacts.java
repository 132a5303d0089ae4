package dev.backstop.auth.doctor.dmarc;

import dev.backstop.auth.dmarc.DmarcParser;
import dev.backstop.auth.dmarc.DmarcRecord;
import dev.backstop.auth.dmarc.PolicyRecord;
import dev.backstop.auth.dmarc.ReportUri;
import dev.backstop.auth.dmarc.TreeWalk;
import dev.backstop.auth.doctor.ask.Together;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What DNS says of DMARC for a domain. Immutable.
 *
 * @param walk up the tree from the domain
 * @param own the TXT records at {@code _dmarc} of the domain itself
 * @param addresses the domains to which reports are to go
 */
public record DmarcFacts(
    DnsName domain, TreeWalk.Walk walk, List<String> own, List<ReportAddress> addresses) {
  /** Domains of report addresses that are looked at; records have one or two. */
  private static final int MAX_ADDRESSES = 8;

  public DmarcFacts {
    own = List.copyOf(own);
    addresses = List.copyOf(addresses);
  }

  /** Asks. */
  public static DmarcFacts look(Resolver resolver, DnsName domain) {
    TreeWalk.Walk walk = new TreeWalk(resolver).walk(domain);
    List<String> own =
        domain.under("_dmarc").map(resolver::txt).map(Answer::records).orElse(List.of());
    Optional<PolicyRecord> policy = walk.policyRecord();
    List<ReportAddress> addresses =
        policy
            .map(found ->
                Together.map(
                    domains(found.record()),
                    address ->
                        ReportAddress.look(
                            resolver, address, found.domain(), walk.organizationalDomain())))
            .orElse(List.of());
    return new DmarcFacts(domain, walk, own, addresses);
  }

  private static List<DnsName> domains(DmarcRecord record) {
    return Stream.of(record.aggregateReports(), record.failureReports())
        .flatMap(List::stream)
        .map(ReportUri::mailbox)
        .flatMap(Optional::stream)
        .flatMap(mailbox -> DnsName.parse(mailbox.domain()).stream())
        .distinct()
        .limit(MAX_ADDRESSES)
        .toList();
  }

  Optional<PolicyRecord> policy() {
    return walk.policyRecord();
  }

  /** Why a text at the domain itself that was meant as DMARC is none. */
  Optional<String> nearly() {
    return own.stream().map(DmarcParser::nearMiss).flatMap(Optional::stream).findFirst();
  }

  /** Whether two or more DMARC records stand at the domain itself, so that none counts. */
  boolean isSeveral() {
    return texts().size() > 1;
  }

  /** The DMARC records at the domain itself. */
  List<String> texts() {
    return own.stream().filter(text -> DmarcParser.parse(text).isPresent()).toList();
  }
}
