package dev.backstop.server.senders;

import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.dmarc.DmarcOutcome;
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

/** DMARC for a message, whatever its From says. */
public final class DmarcJudge {
  private DmarcJudge() {}

  /**
   * The result for the author's domain. A message that names several is judged by the strictest of
   * their policies, and two From fields are aligned with nothing (RFC 9989 §11.5): else a second
   * author would be the way around.
   *
   * @return empty when From names no domain at all
   */
  public static Optional<DmarcOutcome> judge(
      Resolver resolver, AuthorDomain author, SpfOutcome spf, List<DkimOutcome> signatures) {
    List<Identifier> identifiers = identifiers(spf, signatures);
    return switch (author) {
      case AuthorDomain.One one ->
          Optional.of(DmarcVerifier.verify(resolver, one.domain(), identifiers));
      case AuthorDomain.Missing _ -> Optional.empty();
      case AuthorDomain.Repeated repeated -> strictest(resolver, repeated.domains(), List.of());
      case AuthorDomain.Several several -> strictest(resolver, several.domains(), identifiers);
      case AuthorDomain.Unreadable unreadable ->
          strictest(resolver, unreadable.domains(), List.of());
    };
  }

  private static Optional<DmarcOutcome> strictest(
      Resolver resolver, List<DnsName> domains, List<Identifier> identifiers) {
    return domains.stream()
        .map(domain -> DmarcVerifier.verify(resolver, domain, identifiers))
        .max(
            Comparator.comparing(DmarcOutcome::policy)
                .thenComparing(outcome -> outcome.result() != DmarcResult.PASS));
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
