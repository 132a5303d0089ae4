package dev.backstop.auth.doctor.dkim;

import dev.backstop.dns.DnsName;

/**
 * A key of the installation that asks, to be compared with what the world sees.
 *
 * @param domain signed for ({@code d=})
 * @param selector ({@code s=}), one or more labels
 * @param record the TXT record to publish
 */
public record OwnKey(DnsName domain, String selector, String record, Use use) {

  /** What the key does, and so whether its record must be there. */
  public enum Use {
    /** Mail is signed with it: without its record every signature fails. */
    SIGNING,
    /** It is to sign as soon as its record can be seen. */
    WAITING,
    /** It signs no more, but what it signed may still be under way. */
    LEAVING,
    /** Nothing under way can be signed with it: its record may go. */
    GONE
  }
}
