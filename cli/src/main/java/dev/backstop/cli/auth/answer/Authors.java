package dev.backstop.cli.auth.answer;

import dev.backstop.auth.dkim.DkimResult;
import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.dmarc.DmarcResult;
import dev.backstop.auth.dmarc.DmarcVerifier;
import dev.backstop.auth.dmarc.Identifier;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.auth.spf.SpfResult;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** DMARC for whoever From names as author. */
final class Authors {
  /** The strictest last. */
  private static final Comparator<DmarcOutcome> STRICTNESS =
      Comparator.<DmarcOutcome>comparingInt(outcome -> strictness(outcome.result()))
          .thenComparing(DmarcOutcome::policy);

  private final Resolver resolver;
  private final List<Identifier> identifiers = new ArrayList<>();

  Authors(Resolver resolver, Optional<SpfOutcome> spf, List<Signature> signatures) {
    this.resolver = resolver;
    spf.ifPresent(this::add);
    signatures.forEach(this::add);
  }

  private void add(SpfOutcome spf) {
    spf.domain()
        .ifPresent(domain -> {
          if (spf.result() == SpfResult.PASS) {
            identifiers.add(Identifier.spfPass(domain));
          } else if (spf.result() == SpfResult.TEMPERROR) {
            identifiers.add(Identifier.spfTemperror(domain));
          }
        });
  }

  private void add(Signature signature) {
    signature
        .fields()
        .ifPresent(fields -> {
          if (signature.result() == DkimResult.PASS) {
            identifiers.add(Identifier.dkimPass(fields.domain()));
          } else if (signature.result() == DkimResult.TEMPERROR) {
            identifiers.add(Identifier.dkimTemperror(fields.domain()));
          }
        });
  }

  /** Empty when no domain is named. */
  Optional<DmarcOutcome> judge(AuthorDomain author) {
    return switch (author) {
      case AuthorDomain.One(DnsName domain) ->
          Optional.of(DmarcVerifier.verify(resolver, domain, identifiers));
      // RFC 9989 §11.5: each is looked at, and the strictest policy counts
      case AuthorDomain.Several(List<DnsName> domains) -> strictest(domains, identifiers);
      // RFC 9989 §4.4: nothing can be aligned with an author whom readers see in different ways
      case AuthorDomain.Repeated(_, List<DnsName> domains) -> strictest(domains, List.of());
      case AuthorDomain.Unreadable(_, List<DnsName> domains) -> strictest(domains, List.of());
      case AuthorDomain.Missing() -> Optional.empty();
    };
  }

  private Optional<DmarcOutcome> strictest(List<DnsName> domains, List<Identifier> proved) {
    return domains.stream()
        .map(domain -> DmarcVerifier.verify(resolver, domain, proved))
        .max(STRICTNESS);
  }

  private static int strictness(DmarcResult result) {
    return switch (result) {
      case PASS -> 0;
      case NONE -> 1;
      case PERMERROR -> 2;
      case TEMPERROR -> 3;
      case FAIL -> 4;
    };
  }
}
