package dev.backstop.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A name server and whether it answered lately. Safe for all threads. */
final class Server {
  /** One that is silent goes to the end of the list for so long. */
  static final long SLOW_NANOS = Duration.ofSeconds(30).toNanos();

  private static final long NOT_SLOW = 0;

  private final InetSocketAddress address;
  private final AtomicLong slowUntil = new AtomicLong(NOT_SLOW);

  Server(InetSocketAddress address) {
    this.address = address;
  }

  InetSocketAddress address() {
    return address;
  }

  /**
   * Whether others should be asked first. After its time one question tries it again, and only one,
   * so that a dead server costs one question its time-out and not all that are under way.
   *
   * @param now of {@link System#nanoTime}
   */
  boolean isSlow(long now) {
    long until = slowUntil.get();
    return until != NOT_SLOW
        && (now - until < 0 || !slowUntil.compareAndSet(until, (now + SLOW_NANOS) | 1));
  }

  void answered() {
    if (slowUntil.get() != NOT_SLOW) {
      slowUntil.set(NOT_SLOW);
    }
  }

  void silent() {
    // The odd moment is as good, and never NOT_SLOW.
    slowUntil.set((System.nanoTime() + SLOW_NANOS) | 1);
  }
}
