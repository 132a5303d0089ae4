package dev.backstop.auth.doctor.ask;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses of a host, of both families.
 *
 * @param alias the name that this one is an alias of; empty when it is none, or that was not told
 */
public record HostAddresses(
    DnsName name, Answer<InetAddress> ipv4, Answer<InetAddress> ipv6, Optional<DnsName> alias) {
  /** Addresses of one host that are looked at. */
  private static final int MAX_ADDRESSES = 20;

  /** Asks for them. */
  public static HostAddresses of(Resolver resolver, DnsName name) {
    return new HostAddresses(name, resolver.ipv4(name), resolver.ipv6(name), Optional.empty());
  }

  /** Asks for them, and whether the name is an alias. */
  public static HostAddresses withAlias(Resolver resolver, DnsName name) {
    return new HostAddresses(
        name,
        resolver.ipv4(name),
        resolver.ipv6(name),
        resolver.alias(name).records().stream().findFirst());
  }

  /** IPv4 first; at most twenty. */
  public List<InetAddress> addresses() {
    return Stream.of(ipv4, ipv6)
        .flatMap(answer -> answer.records().stream())
        .limit(MAX_ADDRESSES)
        .toList();
  }

  /**
   * What a name server did not answer; empty when both answers are there or addresses are known.
   */
  public Optional<String> trouble() {
    return addresses().isEmpty()
        ? Stream.of(ipv4, ipv6).filter(Answer::isTemporary).map(Answer::describe).findFirst()
        : Optional.empty();
  }

  /** Surely without addresses. */
  public boolean isMissing() {
    return addresses().isEmpty() && trouble().isEmpty();
  }
}
