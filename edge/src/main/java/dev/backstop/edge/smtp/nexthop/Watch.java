package dev.backstop.edge.smtp.nexthop;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at the deadlines of all connections to next hops, with one virtual thread: those that are
 * being opened or probed have no session yet that could. Safe for use by all threads.
 */
final class Watch implements AutoCloseable {
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private final NextHopCounters counters;
  private final Duration period;
  private volatile boolean closed;

  Watch(NextHopCounters counters, Settings.Times times) {
    this.counters = counters;
    long shortest = Math.min(times.connect().toNanos(), times.command().toNanos());
    for (Duration time :
        new Duration[] {times.greeting(), times.data(), times.block(), times.dot()}) {
      shortest = Math.min(shortest, time.toNanos());
    }
    period = Duration.ofNanos(Math.clamp(shortest / 4, 1_000_000, 1_000_000_000));
    Thread.ofVirtual().name("next-hop-watch").start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(period);
      } catch (InterruptedException e) {
        return; // nobody has this thread but we
      }
      long now = System.nanoTime();
      wires.forEach(wire -> wire.tick(now));
    }
  }

  void add(Wire wire) {
    wires.add(wire);
    counters.open.increment();
    if (closed) {
      gone(wire);
    }
  }

  /** Closes it; only the first call for a wire counts. */
  void gone(Wire wire) {
    wire.abort();
    if (wires.remove(wire)) {
      counters.open.decrement();
      if (wire.timedOut()) {
        counters.timeouts.increment();
      }
    }
  }

  void broken(Wire wire) {
    if (wires.contains(wire)) {
      counters.broken.increment();
    }
    gone(wire);
  }

  @Override
  public void close() {
    closed = true;
    wires.forEach(this::gone);
  }
}
