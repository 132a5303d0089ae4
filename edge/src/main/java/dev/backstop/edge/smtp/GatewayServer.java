package dev.backstop.edge.smtp;

import dev.backstop.edge.BufferPool;
import dev.backstop.edge.Connection;
import dev.backstop.edge.Door;
import dev.backstop.edge.DoorCounters;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.Listener;
import dev.backstop.edge.QuietLog;
import dev.backstop.edge.smtp.content.SpoolSpace;
import dev.backstop.edge.smtp.nexthop.NextHops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Serves SMTP to clients, and hands their mail to a next hop while they wait. Each connection has a
 * virtual thread; nothing a client sends takes more than {@link Limits} says. Safe for use by all
 * threads.
 */
public final class GatewayServer implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);

  private final Supplier<? extends GatewayFilter> filter;
  private final GatewaySettings settings;
  private final BufferPool buffers;
  private final SpoolSpace spool;
  private final DoorCounters counters = new DoorCounters();
  private final GatewayCounters messages = new GatewayCounters();
  private final QuietLog log = new QuietLog(LoggerFactory.getLogger(GatewayServer.class));
  private final Listener listener;
  private final boolean lmtp;
  private final boolean lmtpOutgoing;
  private volatile boolean stopping;

  /**
   * @param filter asked once at each MAIL command: one transaction sees one filter
   * @throws IOException when the folder for the spool cannot be used
   */
  public GatewayServer(Supplier<? extends GatewayFilter> filter, GatewaySettings settings)
      throws IOException {
    this.filter = filter;
    this.settings = settings;
    this.lmtp = anyLmtp(settings.nextHops());
    this.lmtpOutgoing = anyLmtp(settings.outgoing());
    Limits limits = settings.limits();
    this.buffers = new BufferPool(limits.sizes().memory());
    this.spool = SpoolSpace.open(settings.spool(), buffers, limits.sizes().disk());
    this.listener =
        new Listener(
            "gateway",
            new Sessions(),
            new Listener.Settings(limits.sizes().connections(), TICK, limits.times().drain()),
            counters);
  }

  /** What the listener needs to know. */
  private final class Sessions implements Door {
    @Override
    public Session open(Connection connection) {
      return new GatewaySession(GatewayServer.this, connection);
    }

    @Override
    public byte[] busy() {
      return ("421 4.3.2 "
              + settings.name()
              + " has too many connections, please try again later\r\n")
          .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /**
   * Starts to serve; call it once.
   *
   * @throws dev.backstop.edge.UnableToListenException if an address cannot be had; none is open
   *     then
   */
  public void start(List<ListenAddress> addresses) {
    listener.start(addresses);
  }

  /** Where it listens, with real port numbers. */
  public List<ListenAddress> addresses() {
    return listener.addresses();
  }

  public DoorCounters counters() {
    return counters;
  }

  public GatewayCounters messages() {
    return messages;
  }

  /** Octets held now for messages on their way. */
  public long memoryInUse() {
    return buffers.used();
  }

  /** Octets in files now. */
  public long diskInUse() {
    return spool.disk().used();
  }

  /**
   * Accepts no more, says goodbye to idle clients, lets transactions end for a bounded time, closes
   * the rest.
   */
  @Override
  public void close() {
    stopping = true;
    listener.close();
  }

  boolean stopping() {
    return stopping;
  }

  GatewayFilter filter() {
    return filter.get();
  }

  GatewaySettings settings() {
    return settings;
  }

  /** Whether one of them speaks LMTP, which has an answer for each recipient. */
  boolean usesLmtp(NextHops hops) {
    return hops == settings.outgoing() ? lmtpOutgoing : lmtp;
  }

  private static boolean anyLmtp(NextHops hops) {
    return hops.health().stream().anyMatch(each -> each.hop().lmtp());
  }

  BufferPool buffers() {
    return buffers;
  }

  SpoolSpace spool() {
    return spool;
  }

  QuietLog log() {
    return log;
  }
}
