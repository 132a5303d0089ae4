package dev.backstop.auth.reverse;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Forward-confirmed reverse DNS: the address has a name, and the name that address (RFC 8601 §3,
 * RFC 1912 §2.1). At most one query for the names and {@value #MAX_NAMES} for their addresses.
 */
public final class ReverseDns {
  /** Names that are looked up; more are not (RFC 8601 §3: MUST be limited; RFC 7208 §4.6.4: 10). */
  public static final int MAX_NAMES = 10;

  private ReverseDns() {}

  /** Looks up the names of an address, and their addresses until one is the same. */
  public static ReverseOutcome verify(Resolver resolver, InetAddress address) {
    return switch (resolver.ptr(address)) {
      case Answer.Found<DnsName> found ->
          confirm(resolver, address, found.records().stream().limit(MAX_NAMES).toList());
      case Answer.NoSuchName<DnsName> _, Answer.NoData<DnsName> _ ->
          new ReverseOutcome.PermError(address);
      case Answer.ServerFailure<DnsName> failure ->
          new ReverseOutcome.TempError(address, failure.describe());
      case Answer.Timeout<DnsName> timeout ->
          new ReverseOutcome.TempError(address, timeout.describe());
    };
  }

  private static ReverseOutcome confirm(
      Resolver resolver, InetAddress address, List<DnsName> names) {
    Optional<String> unanswered = Optional.empty();
    for (DnsName name : names) {
      Answer<InetAddress> forward = addresses(resolver, name, address);
      if (forward.records().contains(address)) {
        return new ReverseOutcome.Pass(address, name);
      }
      if (forward.isTemporary()) {
        unanswered = Optional.of(forward.describe());
      }
    }
    return unanswered.isPresent()
        ? new ReverseOutcome.TempError(address, unanswered.get())
        : new ReverseOutcome.Fail(address, names);
  }

  /** Of the same family as the client's. */
  static Answer<InetAddress> addresses(Resolver resolver, DnsName name, InetAddress client) {
    return client instanceof Inet4Address ? resolver.ipv4(name) : resolver.ipv6(name);
  }
}
