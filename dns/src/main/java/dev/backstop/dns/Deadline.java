package dev.backstop.dns;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A moment after which nobody waits for an answer. The budget of a message is laid around a call
 * with {@link #during}; the network below finds it in {@link #current}, through whatever resolver
 * stands between.
 *
 * @param nanos on the scale of {@link System#nanoTime}
 */
record Deadline(long nanos) {
  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();
  private static final Duration FAR = Duration.ofDays(1);

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The deadline of the call that this thread is in; far away when it has none. */
  static Deadline current() {
    return CURRENT.isBound() ? CURRENT.get() : in(FAR);
  }

  /** Makes a call that has to end by this deadline, and by those around it. */
  <T> T during(Supplier<T> call) {
    return ScopedValue.where(CURRENT, earlier(current())).call(call::get);
  }

  Deadline earlier(Deadline other) {
    return nanos - other.nanos <= 0 ? this : other;
  }

  /** Nanoseconds that are left; 0 or less when it has passed. */
  long left() {
    return nanos - System.nanoTime();
  }

  boolean hasPassed() {
    return left() <= 0;
  }

  /**
   * What is left as a time-out of a socket, rounded up: when it is over, the deadline has passed.
   * At least 1, because 0 means no time-out there.
   */
  int millisLeft() {
    return Math.clamp((left() + 999_999) / 1_000_000, 1, Integer.MAX_VALUE);
  }
}
