package dev.backstop.auth.dmarc;

import dev.backstop.auth.authres.MethodResult;
import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.Optional;

/**
 * What DMARC says of one author domain. Immutable.
 *
 * @param policy what the owner asks to be done with this very message, after {@code sp}, {@code np}
 *     and {@code t}: {@link DmarcPolicy#NONE} whenever the result is not {@link DmarcResult#FAIL}
 * @param policyRecord the record that applies, and where it stands; present with pass, fail and
 *     permerror, and with temperror when it was found before the trouble
 * @param organizationalDomain of the author domain; empty when it was not needed or not found out
 * @param aligned the authenticated domains that let the message pass, SPF first
 * @param reason one sentence for people
 */
public record DmarcOutcome(
    DmarcResult result,
    DnsName authorDomain,
    DmarcPolicy policy,
    Optional<PolicyRecord> policyRecord,
    Optional<DnsName> organizationalDomain,
    List<Identifier> aligned,
    String reason) {
  public DmarcOutcome {
    aligned = List.copyOf(aligned);
    if (policy != DmarcPolicy.NONE && result != DmarcResult.FAIL) {
      throw new IllegalArgumentException("a policy for mail that did not fail");
    }
  }

  /** For the Authentication-Results field (RFC 9989 §9.1). */
  public MethodResult authenticationResult() {
    MethodResult all =
        MethodResult.of("dmarc", result.text())
            .comment(reason)
            .property("header", "from", authorDomain.text());
    return result == DmarcResult.FAIL ? all.property("policy", "dmarc", policy.text()) : all;
  }
}
