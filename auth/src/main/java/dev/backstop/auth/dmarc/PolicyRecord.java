package dev.backstop.auth.dmarc;

import dev.backstop.dns.DnsName;

/**
 * The record that applies to an author domain, and where it was found (RFC 9989 §4.10.1).
 *
 * @param domain without {@code _dmarc}
 */
public record PolicyRecord(DnsName domain, Place place, RecordLookup.One found) {

  /** Whose record it is; the first that there is applies. */
  public enum Place {
    /** Of the author domain. */
    AUTHOR_DOMAIN,
    /** Of its organizational domain, a domain above. */
    ORGANIZATIONAL_DOMAIN,
    /** Of the public suffix above that. */
    PUBLIC_SUFFIX
  }

  /** The record itself. */
  public DmarcRecord record() {
    return found.parsed().record();
  }
}
