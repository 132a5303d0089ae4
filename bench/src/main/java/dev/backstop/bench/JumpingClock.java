package dev.backstop.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is moved; never goes back. Thread-safe. */
final class JumpingClock implements InstantSource {
  private volatile Instant now;

  JumpingClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Goes on to that time, unless it has been reached. */
  synchronized void reach(Instant time) {
    if (now.isBefore(time)) {
      now = time;
    }
  }

  synchronized void step(Duration duration) {
    now = now.plus(duration);
  }
}
