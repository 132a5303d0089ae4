package dev.backstop.edge.smtp;

import dev.backstop.edge.limits.ClientLimits;
import dev.backstop.edge.smtp.content.LineEnds;
import dev.backstop.edge.smtp.nexthop.NextHops;
import dev.backstop.edge.tls.ServerTls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How the gateway is set up.
 *
 * @param name of this host, for the greeting and the Received field
 * @param nextHops who takes mail that comes
 * @param outgoing who takes mail of our own clients
 * @param proxies load balancers, whose connections begin with a PROXY header
 * @param tls for STARTTLS; empty: not offered
 * @param clientCertificates SHA-256 fingerprints of clients of ours, lower-case hex
 * @param auth whether AUTH is passed through to {@code outgoing}
 * @param clients bounds for each client network
 * @param spool folder for what does not fit in memory
 */
public record GatewaySettings(
    String name,
    NextHops nextHops,
    NextHops outgoing,
    Predicate<InetAddress> proxies,
    Optional<ServerTls> tls,
    Set<String> clientCertificates,
    boolean auth,
    LineEnds lineEnds,
    Limits limits,
    ClientLimits clients,
    Path spool,
    InstantSource clock) {

  public GatewaySettings {
    clientCertificates = Set.copyOf(clientCertificates);
  }
}
