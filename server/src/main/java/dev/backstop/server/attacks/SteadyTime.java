package dev.backstop.server.attacks;

import java.time.Instant;

/**
 * Seconds that have passed, from a clock that may jump. It never goes back. A step back of up to a
 * minute (threads overtaking each other, a clock being trimmed) is waited out; after a larger one
 * time goes on from there, as if the step had taken none. A step ahead counts as time that passed:
 * what was counted fades, and no more. Not safe for threads.
 */
final class SteadyTime {
  private static final long WAITED_OUT = 60_000;

  /** Of one step, so that a clock gone mad cannot overflow the sum. */
  private static final long MOST_STEP = 400L * 86_400_000;

  private static final long MOST = 60L * 365 * 86_400_000;

  private long last = Long.MIN_VALUE;
  private long passed;

  /** Seconds since the first call. */
  int seconds(Instant at) {
    long now = Math.clamp(at.getEpochSecond(), 0L, 1L << 40) * 1000 + at.getNano() / 1_000_000;
    if (last == Long.MIN_VALUE || now < last - WAITED_OUT) {
      last = now;
    } else if (now > last) {
      passed = Math.min(MOST, passed + Math.min(MOST_STEP, now - last));
      last = now;
    }
    return (int) (passed / 1000);
  }
}
