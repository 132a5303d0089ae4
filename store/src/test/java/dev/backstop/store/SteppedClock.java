package dev.backstop.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is stepped. */
final class SteppedClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void step(Duration duration) {
    now = now.plus(duration);
  }
}
