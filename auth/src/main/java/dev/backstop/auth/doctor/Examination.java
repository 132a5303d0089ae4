package dev.backstop.auth.doctor;

import dev.backstop.auth.doctor.blocklist.Blocklist;
import dev.backstop.auth.doctor.dkim.OwnKey;
import dev.backstop.dns.DnsName;
import java.util.List;

/**
 * What is to be examined. Immutable.
 *
 * @param domain a name of letters, digits, hyphens, underscores and dots
 * @param selectors of DKIM keys to look for; the usual ones and those of {@code ownKeys} besides
 * @param ownKeys of this installation, of any domain
 * @param blocklists that are asked about its hosts
 */
public record Examination(
    DnsName domain, List<String> selectors, List<OwnKey> ownKeys, List<Blocklist> blocklists) {

  /**
   * An examination.
   *
   * @throws IllegalArgumentException when the domain has characters that no mail domain has
   */
  public Examination {
    if (!isPlain(domain)) {
      throw new IllegalArgumentException("no mail domain has such a name");
    }
    selectors = List.copyOf(selectors);
    ownKeys = List.copyOf(ownKeys);
    blocklists = List.copyOf(blocklists);
  }

  /** Of a domain as strangers see it, with the usual lists. */
  public static Examination of(DnsName domain) {
    return new Examination(domain, List.of(), List.of(), Blocklist.USUAL);
  }

  /** Whether a name is one that mail domains have. */
  public static boolean isPlain(DnsName name) {
    return name.text()
        .chars()
        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0);
  }
}
