package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Qualifier;
import dev.backstop.auth.spf.Term;
import dev.backstop.dns.DnsName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The single hosts that a domain allows to send in records of its own. */
public final class SpfSenders {
  private static final int MAX_SENDERS = 1_000;

  private final DnsName domain;
  private final List<Sender> senders = new ArrayList<>();

  private SpfSenders(DnsName domain) {
    this.domain = domain;
  }

  /**
   * A host.
   *
   * @param name by which the record names it, when it does
   */
  public record Sender(InetAddress address, Optional<DnsName> name) {}

  /**
   * In the order of the records; ranges and what belongs to other domains are left out.
   *
   * @param root what stands at the domain itself
   */
  public static List<Sender> of(SpfNode root) {
    var collector = new SpfSenders(root.domain());
    collector.collect(root);
    return List.copyOf(collector.senders);
  }

  private void collect(SpfNode node) {
    if (!(node instanceof SpfNode.Published published) || !node.domain().isWithin(domain)) {
      return;
    }
    for (Term.Directive directive : published.record().directives()) {
      if (directive.mechanism() instanceof Mechanism.All) {
        return;
      }
      if (directive.qualifier() == Qualifier.PASS) {
        collect(published, directive);
      }
    }
    published.branches().stream()
        .filter(branch -> branch.term() instanceof Term.Redirect)
        .forEach(this::follow);
  }

  private void collect(SpfNode.Published published, Term.Directive directive) {
    Optional<IpRange> range = IpRange.of(directive);
    if (range.isPresent() && range.get().isSingle() && senders.size() < MAX_SENDERS) {
      range
          .get()
          .network()
          .ifPresent(address -> senders.add(new Sender(address, Optional.empty())));
    }
    if (range.isPresent() && !range.get().isSingle()) {
      return;
    }
    published.branches().stream()
        .filter(branch -> branch.term().equals(directive))
        .findFirst()
        .ifPresent(this::follow);
  }

  private void follow(SpfNode.Branch branch) {
    switch (branch.seen()) {
      case SpfNode.Included(SpfNode node) -> collect(node);
      case SpfNode.Hosts hosts when isHost(branch.term()) ->
          hosts.addresses().stream()
              .limit(MAX_SENDERS - senders.size())
              .forEach(address -> senders.add(new Sender(address, name(branch.term(), hosts))));
      case SpfNode.Hosts _, SpfNode.Unknown _ -> {}
    }
  }

  private static boolean isHost(Term term) {
    return term instanceof Term.Directive directive
        && !(directive.mechanism() instanceof Mechanism.Exists);
  }

  /** The hosts of an {@code mx} have other names than what was asked for. */
  private static Optional<DnsName> name(Term term, SpfNode.Hosts hosts) {
    boolean a =
        term instanceof Term.Directive directive && directive.mechanism() instanceof Mechanism.A;
    return a ? Optional.of(hosts.name()) : Optional.empty();
  }
}
