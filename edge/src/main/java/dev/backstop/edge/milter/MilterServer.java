package dev.backstop.edge.milter;

import dev.backstop.edge.BufferPool;
import dev.backstop.edge.DoorCounters;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.Listener;
import dev.backstop.edge.QuietLog;
import dev.backstop.edge.TransactionFilter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Serves the milter protocol to mail servers. Each connection has a virtual thread; nothing a peer
 * sends takes more than {@link Limits} says. Safe for use by all threads.
 */
public final class MilterServer implements AutoCloseable {
  private final Supplier<TransactionFilter> filter;
  private final Limits limits;
  private final BufferPool buffers;
  private final DoorCounters counters = new DoorCounters();
  private final QuietLog log = new QuietLog(LoggerFactory.getLogger(MilterServer.class));
  private final Listener listener;

  /**
   * @param filter asked once at each MAIL command: one transaction sees one filter, and a new one
   *     takes over without a connection being dropped
   */
  public MilterServer(Supplier<TransactionFilter> filter, Limits limits) {
    this.filter = filter;
    this.limits = limits;
    this.buffers = new BufferPool(limits.sizes().memory());
    this.listener =
        new Listener(
            "milter",
            connection -> new MilterSession(this, connection),
            settings(limits),
            counters);
  }

  private static Listener.Settings settings(Limits limits) {
    long tick = limits.times().progress().toNanos();
    tick = Math.min(tick, limits.times().packet().toNanos()) / 4;
    tick = Math.clamp(tick, 1_000_000, 1_000_000_000);
    return new Listener.Settings(
        limits.sizes().connections(), Duration.ofNanos(tick), limits.times().drain());
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

  /** Octets held now for messages and packets on their way. */
  public long memoryInUse() {
    return buffers.used();
  }

  /** Accepts no more, lets running transactions end for a bounded time, closes the rest. */
  @Override
  public void close() {
    listener.close();
  }

  TransactionFilter filter() {
    return filter.get();
  }

  Limits limits() {
    return limits;
  }

  BufferPool buffers() {
    return buffers;
  }

  QuietLog log() {
    return log;
  }
}
