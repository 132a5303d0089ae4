package dev.backstop.cli.dns;

import dev.backstop.dns.CachingResolver;
import dev.backstop.dns.NetworkResolver;
import dev.backstop.dns.Resolver;
import dev.backstop.dns.ResolverSettings;
import dev.backstop.server.config.Dns;
import dev.backstop.server.config.NameServer;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --dns}, the same for every command that asks name servers. */
public final class DnsOption {
  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      converter = NameServerConverter.class,
      description =
          "Name server to ask, by its address; may be given several times, :53 may be left out."
              + " Without it: the servers of the configuration, else those of the system.")
  private List<NameServer> servers = List.of();

  /**
   * Asks the servers of the option, else those of the configuration, else the system's, and
   * remembers their answers. Does not touch the network before the first question.
   *
   * @param configured the section {@code [dns]}; its time-out holds for whoever is asked
   */
  public Resolver resolver(Dns configured) {
    ResolverSettings settings = settings(configured);
    return new CachingResolver(new NetworkResolver(settings), settings, InstantSource.system());
  }

  ResolverSettings settings(Dns configured) {
    Dns asked = servers.isEmpty() ? configured : new Dns(servers, configured.timeout());
    return asked.toSettings();
  }
}
