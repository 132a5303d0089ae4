package dev.backstop.auth.doctor.host;

import dev.backstop.dns.DnsName;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A host that sends or takes mail.
 *
 * @param name by which DNS leads to it; empty when only its address stands there
 * @param sends whether the domain allows it to send
 */
public record MailHost(InetAddress address, Optional<DnsName> name, boolean sends) {
  /** What is known of one address in two places. */
  MailHost and(MailHost other) {
    return new MailHost(address, name.or(other::name), sends || other.sends);
  }
}
