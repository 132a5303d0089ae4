package dev.backstop.auth.dkim;

import dev.backstop.dns.DnsName;

/** Where the keys of signatures come from. Safe for all threads; never throws. */
public interface KeySource {

  /**
   * The keys under a name.
   *
   * @param recordName such as {@code selector._domainkey.example.com}
   */
  KeyAnswer find(DnsName recordName);
}
