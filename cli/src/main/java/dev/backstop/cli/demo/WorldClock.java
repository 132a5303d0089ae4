package dev.backstop.cli.demo;

import java.time.Instant;
import java.time.InstantSource;

/** The time in the world, for the server too. Moved by the world alone, read by all threads. */
final class WorldClock implements InstantSource {
  private volatile Instant now;

  WorldClock(Instant start) {
    now = start;
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Time never goes back: a moment that has passed is now. */
  void advanceTo(Instant moment) {
    if (moment.isAfter(now)) {
      now = moment;
    }
  }
}
