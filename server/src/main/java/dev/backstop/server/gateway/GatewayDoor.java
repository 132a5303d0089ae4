package dev.backstop.server.gateway;

import dev.backstop.edge.DoorCounters;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.limits.ClientLimits;
import dev.backstop.edge.smtp.GatewayCounters;
import dev.backstop.edge.smtp.GatewayFilter;
import dev.backstop.edge.smtp.GatewayServer;
import dev.backstop.edge.smtp.GatewaySettings;
import dev.backstop.edge.smtp.Limits;
import dev.backstop.edge.smtp.nexthop.HopHealth;
import dev.backstop.edge.smtp.nexthop.NextHops;
import dev.backstop.edge.smtp.nexthop.Settings;
import dev.backstop.edge.tls.ServerTls;
import dev.backstop.edge.tls.UnusableCertificateException;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.Gateway;
import dev.backstop.server.nexthop.HopSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway with its next hops, certificate and limits, as the configuration says. Safe for use
 * by all threads.
 */
public final class GatewayDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayDoor.class);

  private final List<ListenAddress> listen;
  private final NextHops nextHops;
  private final NextHops outgoing;
  private final Optional<ServerTls> tls;
  private final GatewayServer server;

  private GatewayDoor(
      List<ListenAddress> listen,
      NextHops nextHops,
      NextHops outgoing,
      Optional<ServerTls> tls,
      GatewayServer server) {
    this.listen = listen;
    this.nextHops = nextHops;
    this.outgoing = outgoing;
    this.tls = tls;
    this.server = server;
  }

  /**
   * Puts it together; opens nothing yet.
   *
   * @param name of this host
   * @param data folder for what does not fit in memory
   * @return empty when the configuration has no next hop, or nothing to listen on
   * @throws UnusableCertificateException when certificate or key cannot be used
   * @throws IOException when the folder cannot be used
   */
  public static Optional<GatewayDoor> of(
      BackstopConfig config,
      String name,
      Supplier<? extends GatewayFilter> filter,
      Path data,
      InstantSource clock)
      throws UnusableCertificateException, IOException {
    Gateway gateway = config.gateway();
    if (!gateway.isOpen()) {
      return Optional.empty();
    }
    Optional<ServerTls> tls = tls(gateway);
    Settings hopSettings = HopSettings.of(name, Settings.Times.DEFAULT);
    var nextHops = new NextHops(gateway.nextHop(), hopSettings);
    var outgoing =
        gateway.outgoingNextHop().isEmpty()
            ? nextHops
            : new NextHops(gateway.outgoingNextHop(), hopSettings);
    var settings =
        new GatewaySettings(
            name,
            nextHops,
            outgoing,
            address -> gateway.proxies().stream().anyMatch(proxy -> proxy.contains(address)),
            tls,
            Set.copyOf(gateway.clientCertificates()),
            gateway.auth(),
            gateway.lineEnds(),
            limits(config),
            clients(gateway.clientLimits()),
            data.resolve("spool"),
            clock);
    var server = new GatewayServer(filter, settings);
    return Optional.of(new GatewayDoor(gateway.listen(), nextHops, outgoing, tls, server));
  }

  private static Optional<ServerTls> tls(Gateway gateway) throws UnusableCertificateException {
    Path certificate = gateway.certificate().orElse(null);
    Path key = gateway.key().orElse(null);
    if (certificate == null || key == null) {
      return Optional.empty();
    }
    ServerTls tls = ServerTls.load(certificate, key);
    tls.exposure()
        .ifPresent(why ->
            LOG.atWarn()
                .addKeyValue("file", key)
                .addKeyValue("reason", why)
                .log("key-readable-by-others"));
    return Optional.of(tls);
  }

  /**
   * Tries the certificate of a configuration, without opening anything.
   *
   * @throws UnusableCertificateException when a server would not start with it
   */
  public static void checkCertificate(BackstopConfig config) throws UnusableCertificateException {
    if (config.gateway().isOpen()) {
      var _ = tls(config.gateway());
    }
  }

  private static Limits limits(BackstopConfig config) {
    Limits.Sizes usual = Limits.DEFAULT.sizes();
    Gateway gateway = config.gateway();
    return new Limits(
        new Limits.Sizes(
            usual.command(),
            usual.line(),
            gateway.maxMessageSize(),
            config.milter().maxHeaderFields(),
            config.milter().maxHeaderSize(),
            gateway.maxRecipients(),
            Math.max(usual.inMemory(), config.milter().bodyLimit()),
            usual.errors(),
            usual.idleCommands(),
            gateway.maxConnections(),
            usual.memory(),
            usual.disk()),
        Limits.DEFAULT.times());
  }

  private static ClientLimits clients(Gateway.ClientLimits limits) {
    return new ClientLimits(
        new ClientLimits.Settings(
            limits.connections(),
            limits.connectionsPerMinute(),
            limits.messagesPerMinute(),
            limits.refusalsPerMinute()),
        System::nanoTime);
  }

  /**
   * Starts to serve; call it once.
   *
   * @throws dev.backstop.edge.UnableToListenException if an address cannot be had
   */
  public void start() {
    server.start(listen);
  }

  /** Where it listens, with real port numbers. */
  public List<ListenAddress> addresses() {
    return server.addresses();
  }

  public DoorCounters counters() {
    return server.counters();
  }

  public GatewayCounters messages() {
    return server.messages();
  }

  /** How the next hops are, those for outgoing mail last. */
  public List<HopHealth> health() {
    List<HopHealth> all = new ArrayList<>(nextHops.health());
    if (outgoing != nextHops) {
      all.addAll(outgoing.health());
    }
    return List.copyOf(all);
  }

  /**
   * Reads the certificate again when its files have changed; the old one stays when they are
   * broken.
   */
  public void refreshCertificate() {
    ServerTls present = tls.orElse(null);
    if (present == null || !present.changed()) {
      return;
    }
    try {
      present.reload();
      LOG.atInfo()
          .addKeyValue("until", present.own().getNotAfter().toInstant())
          .log("certificate-changed");
    } catch (UnusableCertificateException e) {
      @Nullable String reason = e.getMessage();
      LOG.atError()
          .addKeyValue("reason", reason)
          .addKeyValue("consequence", "the old certificate stays")
          .log("certificate-unusable");
    }
  }

  /** Lets transactions end for a bounded time, then closes all. */
  @Override
  public void close() {
    server.close();
    nextHops.close();
    outgoing.close();
  }
}
