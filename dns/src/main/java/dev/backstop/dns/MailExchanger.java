package dev.backstop.dns;

import java.util.Optional;

/**
 * An MX record (RFC 1035 §3.3.9).
 *
 * @param preference 0 to 65535, lower is preferred
 * @param host empty for the root, which says that the domain takes no mail (Null MX, RFC 7505 §3)
 */
public record MailExchanger(int preference, Optional<DnsName> host) {}
