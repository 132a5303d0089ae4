package dev.backstop.dns;

import java.net.InetAddress;

/**
 * Asks name servers. Aliases (CNAME) are followed, chains without end are a server failure. Calls
 * block; none throws for anything that a name server can say or do. Safe for all threads.
 */
public interface Resolver {

  /**
   * TXT records, each with its strings joined without blanks (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
   *
   * @return one character for each octet (ISO 8859-1), so that nothing is lost; at most 64 kB each
   */
  Answer<String> txt(DnsName name);

  /** IPv4 addresses. */
  Answer<InetAddress> ipv4(DnsName name);

  /** IPv6 addresses. */
  Answer<InetAddress> ipv6(DnsName name);

  /** Mail exchangers, in no particular order. */
  Answer<MailExchanger> mx(DnsName name);

  /** The names of an address (RFC 1035 §3.5, RFC 3596 §2.5). */
  Answer<DnsName> ptr(InetAddress address);

  /**
   * The name that this one is an alias of (CNAME, RFC 1034 §3.6.2), not followed any further. All
   * other questions follow it unseen; only who looks after a zone has to know.
   *
   * @return a server failure from a resolver that cannot tell
   */
  default Answer<DnsName> alias(DnsName name) {
    return new Answer.ServerFailure<>("aliases are not told");
  }
}
