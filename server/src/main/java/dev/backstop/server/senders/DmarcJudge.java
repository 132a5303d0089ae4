package dev.backstop.server.senders;

import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.dmarc.DmarcPolicy;
import dev.backstop.auth.dmarc.DmarcResult;
import dev.backstop.auth.dmarc.DmarcVerifier;
import dev.backstop.auth.dmarc.Identifier;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** DMARC for a message, whatever its From says. */
public final class DmarcJudge {
  /** Author domains that are looked up. */
  public static final int MAX_AUTHORS = 3;

  private DmarcJudge() {}

  /**
   * The result for the author's domain. A message that names several is judged by the strictest of
   * their policies, and two From fields are aligned with nothing (RFC 9989 §11.5): else a second
   * author would be the way around. Nobody honest writes in the name of more than {@value
   * #MAX_AUTHORS} domains, and asking for all of them would be work that a stranger gives us: such
   * mail fails as if it were refused by each.
   *
   * @param resolvers one for each author domain, so that no domain can use up what another needs
   * @return empty when From names no domain at all
   */
  public static Optional<DmarcOutcome> judge(
      Supplier<Resolver> resolvers,
      AuthorDomain author,
      SpfOutcome spf,
      List<DkimOutcome> signatures) {
    List<DnsName> domains = author.domains();
    if (domains.isEmpty()) {
      return Optional.empty();
    }
    if (domains.size() > MAX_AUTHORS) {
      return Optional.of(crowd(domains.getFirst()));
    }
    List<Identifier> identifiers =
        switch (author) {
          case AuthorDomain.One _, AuthorDomain.Several _ -> identifiers(spf, signatures);
          case AuthorDomain.Missing _, AuthorDomain.Repeated _, AuthorDomain.Unreadable _ ->
              List.of();
        };
    return strictest(resolvers, domains, identifiers);
  }

  private static DmarcOutcome crowd(DnsName first) {
    return new DmarcOutcome(
        DmarcResult.FAIL,
        first,
        DmarcPolicy.REJECT,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        "From names more than " + MAX_AUTHORS + " domains, so that none of them is the author's");
  }

  /** All at one time: one whose name servers are slow must not hide another's policy. */
  private static Optional<DmarcOutcome> strictest(
      Supplier<Resolver> resolvers, List<DnsName> domains, List<Identifier> identifiers) {
    if (domains.size() == 1) {
      return Optional.of(DmarcVerifier.verify(resolvers.get(), domains.getFirst(), identifiers));
    }
    List<Pending<DmarcOutcome>> pending =
        domains.stream()
            .map(domain -> {
              Resolver own = resolvers.get();
              return Pending.begin("dmarc", () -> DmarcVerifier.verify(own, domain, identifiers));
            })
            .toList();
    return pending.stream()
        .map(Pending::result)
        .max(
            Comparator.comparing(DmarcOutcome::policy)
                .thenComparingInt(outcome -> rank(outcome.result())));
  }

  /** What is not known outranks what is none: it must be seen. */
  private static int rank(DmarcResult result) {
    return switch (result) {
      case PASS -> 0;
      case NONE -> 1;
      case FAIL -> 2;
      case PERMERROR -> 3;
      case TEMPERROR -> 4;
    };
  }

  private static List<Identifier> identifiers(SpfOutcome spf, List<DkimOutcome> signatures) {
    List<Identifier> identifiers = new ArrayList<>(2);
    spf.domain()
        .ifPresent(domain -> {
          switch (spf.result()) {
            case PASS -> identifiers.add(Identifier.spfPass(domain));
            case TEMPERROR -> identifiers.add(Identifier.spfTemperror(domain));
            case NONE, NEUTRAL, FAIL, SOFTFAIL, PERMERROR -> {}
          }
        });
    for (DkimOutcome outcome : signatures) {
      outcome
          .signature()
          .ifPresent(signature -> {
            switch (outcome.result()) {
              case PASS -> identifiers.add(Identifier.dkimPass(signature.domain()));
              case TEMPERROR -> identifiers.add(Identifier.dkimTemperror(signature.domain()));
              case NONE, FAIL, POLICY, NEUTRAL, PERMERROR -> {}
            }
          });
    }
    return identifiers;
  }
}
