package dev.backstop.bench.lab;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when it is told to, also backwards. Safe for all threads. */
final class SteppedClock implements InstantSource {
  private volatile Instant now;

  SteppedClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void set(Instant instant) {
    now = instant;
  }

  void step(Duration time) {
    now = now.plus(time);
  }
}
