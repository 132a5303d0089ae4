package dev.backstop.auth.spf;

import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.Optional;

/**
 * What a check found, and why. All texts but {@link Step#record} are printable ASCII.
 *
 * @param domain the one that was checked; empty when there was no name to check, which is {@code
 *     none}
 * @param path from the domain's own record through includes and redirects to the term that decided;
 *     empty when no record was read
 * @param explanation for the sender of a {@code fail}: the words of the domain, which may be
 *     anybody's, else ours; at most 400 characters. Empty for every other result
 * @param reason one sentence, at most 500 characters
 * @param lookups terms that asked name servers, limited
 * @param voidLookups of these, terms for which there was nothing; one more than the limit when that
 *     is the error
 */
public record SpfOutcome(
    SpfResult result,
    SpfIdentity identity,
    Optional<DnsName> domain,
    List<Step> path,
    String explanation,
    String reason,
    int lookups,
    int voidLookups) {

  public SpfOutcome {
    path = List.copyOf(path);
  }

  /**
   * A term that had a say.
   *
   * @param domain whose record it stands in
   * @param record as published, one character for each octet, any octets
   * @param term as written, at most 200 characters; empty when the record came to its end without a
   *     match
   */
  public record Step(DnsName domain, String record, String term) {}

  /** Where the result comes from: the innermost term. */
  public Optional<Step> decidedBy() {
    return path.isEmpty() ? Optional.empty() : Optional.of(path.getLast());
  }
}
