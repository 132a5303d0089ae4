package dev.backstop.server.config;

import dev.backstop.dns.CachingResolver;
import dev.backstop.dns.NameServers;
import dev.backstop.dns.NetworkResolver;
import dev.backstop.dns.ResolverSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Whom to ask for names.
 *
 * @param servers tried in this order; none: those of the system
 * @param timeout of one try with one server
 */
public record Dns(List<NameServer> servers, Duration timeout) {
  private static final Duration MAX_QUESTION = Duration.ofMinutes(1);
  static final Dns DEFAULT = new Dns(List.of(), Duration.ofSeconds(2));

  public Dns {
    servers = List.copyOf(servers);
  }

  /** The same with other servers; none: those of the system. */
  public Dns withServers(List<NameServer> others) {
    return new Dns(others, timeout);
  }

  /** A resolver that asks them and remembers; touches no network before the first question. */
  public CachingResolver toResolver(InstantSource clock) {
    ResolverSettings settings = toSettings();
    return new CachingResolver(new NetworkResolver(settings), settings, clock);
  }

  /** How the resolver asks. A question may take two tries and a half. */
  public ResolverSettings toSettings() {
    ResolverSettings usual = ResolverSettings.of(nameServers());
    Duration question = timeout.multipliedBy(5).dividedBy(2);
    return new ResolverSettings(
        usual.servers(),
        timeout,
        usual.tries(),
        question.compareTo(MAX_QUESTION) < 0 ? question : MAX_QUESTION,
        usual.cacheEntries(),
        usual.cacheOctets());
  }

  /** Only what a server on this machine says of DNSSEC is believed: nobody is between. */
  private NameServers nameServers() {
    boolean local = servers.stream().allMatch(server -> server.address().isLoopbackAddress());
    return servers.isEmpty()
        ? NameServers.ofSystem()
        : new NameServers(servers.stream().map(NameServer::toSocketAddress).toList(), local);
  }

  static Dns read(Section section) {
    Dns dns =
        new Dns(
            section.list(
                "servers", DEFAULT.servers(), "[\"127.0.0.1\", \"[::1]:53\"]", NameServer::parse),
            section.duration(
                "timeout", DEFAULT.timeout(), Duration.ofSeconds(1), Duration.ofSeconds(30)));
    section.refuseOthers();
    return dns;
  }
}
