package dev.backstop.auth.doctor;

import dev.backstop.auth.doctor.blocklist.ListFindings;
import dev.backstop.auth.doctor.dkim.KeyFacts;
import dev.backstop.auth.doctor.dkim.KeyFindings;
import dev.backstop.auth.doctor.dmarc.DmarcFacts;
import dev.backstop.auth.doctor.dmarc.DmarcFindings;
import dev.backstop.auth.doctor.dmarc.Sending;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.auth.doctor.host.HostFindings;
import dev.backstop.auth.doctor.host.MailHost;
import dev.backstop.auth.doctor.host.MailHosts;
import dev.backstop.auth.doctor.mx.MxFacts;
import dev.backstop.auth.doctor.mx.MxFindings;
import dev.backstop.auth.doctor.spf.SpfFindings;
import dev.backstop.auth.doctor.spf.SpfLook;
import dev.backstop.auth.doctor.spf.SpfNode;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Examines a domain. Asks a bounded number of questions, many at one time; how long that may take
 * is the resolver's to bound. Keeps nothing; safe for all threads.
 */
public final class Doctor {
  /** Section by section: what is in order says what it is about, then the worst comes first. */
  private static final Comparator<Finding> ORDER =
      Comparator.comparing((Finding finding) -> finding.code().section())
          .thenComparing(finding -> finding.code().severity() != Severity.OK)
          .thenComparing(finding -> finding.code().severity(), Comparator.reverseOrder());

  private Doctor() {}

  /** What was looked at before anything is judged. */
  private record Facts(MxFacts mx, SpfNode spf, KeyFacts keys, DmarcFacts dmarc) {}

  /**
   * Examines one domain.
   *
   * @param resolver should remember answers, since some questions come twice, and bound the time
   */
  public static Report examine(Resolver resolver, Examination examination) {
    DnsName domain = examination.domain();
    Facts facts = look(resolver, examination);
    List<Finding> mx = MxFindings.of(facts.mx());
    if (!facts.mx().domainExists()) {
      return new Report(domain, mx, Optional.empty());
    }
    List<Finding> spf = SpfFindings.of(facts.spf(), facts.mx());
    List<Finding> dmarc = DmarcFindings.of(facts.dmarc(), sending(facts));
    MailHosts hosts = MailHosts.of(facts.mx(), facts.spf());
    List<InetAddress> addresses = hosts.hosts().stream().map(MailHost::address).toList();
    Future<List<Finding>> names;
    Future<List<Finding>> lists;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      names = threads.submit(() -> HostFindings.look(resolver, domain, hosts));
      lists =
          threads.submit(() -> ListFindings.look(resolver, examination.blocklists(), addresses));
    }
    List<Finding> all =
        Stream.of(
                mx,
                spf,
                KeyFindings.of(facts.keys(), facts.mx().takesNoMail()),
                dmarc,
                names.resultNow(),
                lists.resultNow())
            .flatMap(List::stream)
            .sorted(ORDER)
            .toList();
    return new Report(domain, all, Optional.of(facts.spf()));
  }

  private static Facts look(Resolver resolver, Examination examination) {
    DnsName domain = examination.domain();
    Future<MxFacts> mx;
    Future<SpfNode> spf;
    Future<KeyFacts> keys;
    Future<DmarcFacts> dmarc;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      mx = threads.submit(() -> MxFacts.look(resolver, domain));
      spf = threads.submit(() -> SpfLook.of(resolver, domain));
      keys =
          threads.submit(() ->
              KeyFacts.look(resolver, domain, examination.selectors(), examination.ownKeys()));
      dmarc = threads.submit(() -> DmarcFacts.look(resolver, domain));
    }
    return new Facts(mx.resultNow(), spf.resultNow(), keys.resultNow(), dmarc.resultNow());
  }

  private static Sending sending(Facts facts) {
    boolean canPass =
        switch (facts.spf()) {
          case SpfNode.Published published -> published.record().error().isEmpty();
          case SpfNode.Unanswered _ -> true;
          case SpfNode.Missing _, SpfNode.Several _, SpfNode.Loop _, SpfNode.Unread _ -> false;
        };
    // Who publishes an SPF record that lets mail pass sends some, whatever takes its mail.
    boolean saysSo = facts.mx().isNullMx();
    boolean sends = !facts.mx().takesNoMail() || (canPass && !saysSo);
    return new Sending(sends, canPass, facts.keys().mayHaveKey());
  }
}
