package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Qualifier;
import dev.backstop.auth.spf.Term;
import dev.backstop.dns.DnsName;
import java.util.Optional;

/** What a record says of hosts that nothing in it matches (RFC 7208 §4.7, §5.1, §6.1). */
sealed interface SpfEnd {

  /** The qualifier of {@code all}, and the record where it stands. */
  record All(DnsName where, Qualifier qualifier) implements SpfEnd {}

  /** Neither {@code all} nor a redirect. */
  record Nothing(DnsName where) implements SpfEnd {}

  /** It redirects to where no record can be read. */
  record Unknown() implements SpfEnd {}

  static SpfEnd of(SpfNode node) {
    if (!(node instanceof SpfNode.Published published)) {
      return new Unknown();
    }
    Optional<Term.Directive> all = all(published);
    if (all.isPresent()) {
      return new All(node.domain(), all.get().qualifier());
    }
    if (published.record().redirect().isEmpty()) {
      return new Nothing(node.domain());
    }
    return published.branches().stream()
        .filter(branch -> branch.term() instanceof Term.Redirect)
        .findFirst()
        .map(SpfEnd::followed)
        .orElse(new Unknown());
  }

  private static SpfEnd followed(SpfNode.Branch redirect) {
    return redirect.seen() instanceof SpfNode.Included(SpfNode node) ? of(node) : new Unknown();
  }

  static Optional<Term.Directive> all(SpfNode.Published published) {
    return published.record().directives().stream()
        .filter(directive -> directive.mechanism() instanceof Mechanism.All)
        .findFirst();
  }
}
