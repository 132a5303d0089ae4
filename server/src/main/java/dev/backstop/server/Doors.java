package dev.backstop.server;

import dev.backstop.edge.DoorCounters;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.milter.Limits;
import dev.backstop.edge.milter.MilterServer;
import dev.backstop.edge.table.Lookup;
import dev.backstop.edge.table.TableServer;
import dev.backstop.edge.tls.UnusableCertificateException;
import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.flow.Flow;
import dev.backstop.server.gateway.GatewayDoor;
import dev.backstop.server.gateway.GatewayHealth;
import dev.backstop.server.gateway.GatewayMetrics;
import dev.backstop.server.metrics.PartMetrics;
import dev.backstop.server.web.Readiness;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** All ways in for mail, opened and closed together. Safe for use by all threads. */
final class Doors implements AutoCloseable {
  /** The name of the table, as Postfix asks for it: socketmap:inet:HOST:PORT:backstop. */
  private static final String TABLE = "backstop";

  private final BackstopConfig config;
  private final MilterServer milter;
  private final TableServer table;
  private final Optional<GatewayDoor> gateway;

  /**
   * Opens nothing yet.
   *
   * @param flow asked once for each transaction
   * @param data folder for what the gateway cannot hold in memory
   * @throws UnusableCertificateException when the gateway's certificate cannot be used
   * @throws IOException when the folder cannot be used
   */
  Doors(
      BackstopConfig config, Supplier<Flow> flow, Lookup untagging, Path data, InstantSource clock)
      throws UnusableCertificateException, IOException {
    this.config = config;
    this.milter = new MilterServer(flow::get, limits(config));
    this.table = new TableServer(Map.of(TABLE, untagging), TableServer.Limits.DEFAULT);
    String name = config.auth().name().orElseGet(HostName::ours);
    this.gateway = GatewayDoor.of(config, name, flow, data, clock);
  }

  private static Limits limits(BackstopConfig config) {
    Limits.Sizes sizes = Limits.DEFAULT.sizes();
    Limits.Times times = Limits.DEFAULT.times();
    return new Limits(
        new Limits.Sizes(
            sizes.packet(),
            config.milter().maxHeaderFields(),
            config.milter().maxHeaderSize(),
            config.milter().maxRecipients(),
            sizes.body(),
            config.milter().maxConnections(),
            sizes.memory()),
        new Limits.Times(
            config.milter().idleTimeout(),
            times.content(),
            times.packet(),
            times.decision(),
            times.progress(),
            times.drain()));
  }

  /**
   * Opens them; call it once.
   *
   * @throws dev.backstop.edge.UnableToListenException when an address cannot be had
   */
  void open() {
    milter.start(config.milter().listen());
    table.start(config.table().listen());
    gateway.ifPresent(GatewayDoor::start);
  }

  /** Registers what they count. */
  void register(PrometheusRegistry registry) {
    SequencedMap<String, DoorCounters> counters = new LinkedHashMap<>();
    counters.put("milter", milter.counters());
    counters.put("table", table.counters());
    gateway.ifPresent(door -> counters.put("gateway", door.counters()));
    PartMetrics.doors(registry, counters);
    gateway.ifPresent(door -> GatewayMetrics.register(registry, door));
  }

  /** How they are, by name, for the health page. */
  SequencedMap<String, Readiness.Check> checks() {
    SequencedMap<String, Readiness.Check> checks = new LinkedHashMap<>();
    List<ListenAddress> milters = milter.addresses();
    String text = milters.isEmpty() ? "closed" : milters.toString();
    checks.put("milter", new Readiness.Check(true, text));
    gateway.map(GatewayHealth::check).ifPresent(check -> checks.put("gateway", check));
    return checks;
  }

  List<ListenAddress> milterAddresses() {
    return milter.addresses();
  }

  List<ListenAddress> tableAddresses() {
    return table.addresses();
  }

  /** None when the gateway is closed. */
  List<ListenAddress> gatewayAddresses() {
    return gateway.map(GatewayDoor::addresses).orElse(List.of());
  }

  /** Reads the gateway's certificate again when its files have changed. */
  void refreshCertificate() {
    gateway.ifPresent(GatewayDoor::refreshCertificate);
  }

  /** Accept no more, and let running transactions end for a bounded time. */
  @Override
  public void close() {
    gateway.ifPresent(GatewayDoor::close);
    milter.close();
    table.close();
  }
}
