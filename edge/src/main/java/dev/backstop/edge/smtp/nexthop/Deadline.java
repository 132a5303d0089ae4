package dev.backstop.edge.smtp.nexthop;

import java.time.Duration;

/** A moment by which all steps together must be done. */
record Deadline(long nanoTime) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean isOver() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /** The time for one step: its own, or what is left. */
  Duration within(Duration time) {
    long left = Math.max(nanoTime - System.nanoTime(), 0);
    return left < time.toNanos() ? Duration.ofNanos(left) : time;
  }
}
