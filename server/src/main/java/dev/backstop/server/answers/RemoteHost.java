package dev.backstop.server.answers;

import dev.backstop.auth.reverse.ReverseDns;
import dev.backstop.auth.reverse.ReverseOutcome;
import dev.backstop.dns.Budget;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Peer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the client that hands an answer over speaks for a recipient's domain: only then does it
 * prove anything that we wrote to somebody there. By verified names and addresses, never by what
 * the client says of itself. For one message and one thread.
 */
public final class RemoteHost {
  /** What the questions about one client may cost. */
  public static final Budget BUDGET = new Budget(30, Duration.ofSeconds(10));

  private static final int MAX_EXCHANGERS = 5;

  private final Peer peer;
  private final Supplier<Resolver> resolvers;

  /**
   * Nothing is asked before it is needed.
   *
   * @param resolvers gives a resolver with a budget of its own
   */
  public RemoteHost(Peer peer, Supplier<Resolver> resolvers) {
    this.peer = peer;
    this.resolvers = resolvers;
  }

  /** Name servers that do not answer leave it unproved. */
  boolean answersFor(Mailbox recipient) {
    InetAddress client = peer.address();
    if (peer.submittedLocally()) {
      return true; // our own server reports what it could not deliver
    }
    Optional<DnsName> domain = DnsName.parse(recipient.domain());
    return client != null && domain.isPresent() && answersFor(client, domain.get());
  }

  private boolean answersFor(InetAddress client, DnsName domain) {
    Resolver resolver = resolvers.get();
    Optional<DnsName> name =
        ReverseDns.verify(resolver, client) instanceof ReverseOutcome.Pass pass
            ? Optional.of(pass.name())
            : Optional.empty();
    if (name.filter(verified -> areOfOneOwner(verified, domain)).isPresent()) {
      return true;
    }
    List<DnsName> exchangers =
        resolver.mx(domain).records().stream()
            .limit(MAX_EXCHANGERS)
            .flatMap(exchanger -> exchanger.host().stream())
            .toList();
    return exchangers.stream()
        .anyMatch(host ->
            name.filter(verified -> areOfOneOwner(verified, host)).isPresent()
                || addresses(resolver, host, client).contains(client));
  }

  private static List<InetAddress> addresses(Resolver resolver, DnsName host, InetAddress client) {
    return client instanceof Inet4Address
        ? resolver.ipv4(host).records()
        : resolver.ipv6(host).records();
  }

  /**
   * Whether two names are registered by the same owner, as far as names tell: the same last two
   * labels, or three under {@code co.uk} and the like. A wrong guess is harmless: the journal must
   * know the recipient too.
   */
  static boolean areOfOneOwner(DnsName one, DnsName other) {
    return registered(one).equals(registered(other));
  }

  private static String registered(DnsName name) {
    String[] labels = name.text().split("\\.", -1);
    int last = labels.length - 1;
    boolean shared = last >= 2 && labels[last].length() == 2 && labels[last - 1].length() <= 3;
    int from = Math.max(0, last - (shared ? 2 : 1));
    return String.join(".", List.of(labels).subList(from, labels.length));
  }
}
