package dev.backstop.server.recipients;

import java.util.function.LongSupplier;

/** So many a second, and as many at once after a rest. Safe for all threads. */
final class Rate {
  private static final double SECOND = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long last;

  Rate(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.left = perSecond;
    this.last = nanoTime.getAsLong();
  }

  /** Whether there may be one more now. */
  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    left = Math.min(perSecond, left + Math.max(0, now - last) / SECOND * perSecond);
    last = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
