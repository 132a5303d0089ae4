package dev.backstop.cli.demo;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One run: a month on a clock that ends now, so that Backstop has written a journal for long enough
 * to know what we did not send.
 */
final class Demo {
  private final WorldClock clock;
  private final Instant start;
  private final Score score = new Score();

  Demo() {
    start = Instant.now().minus(World.MONTH);
    clock = new WorldClock(start);
  }

  /** For the server: it lives in the world's time. */
  WorldClock clock() {
    return clock;
  }

  Score score() {
    return score;
  }

  /** Time since the world began. */
  Duration passed() {
    return Duration.between(start, clock.instant());
  }

  /**
   * Runs to the end of the month.
   *
   * @param milter asked for each connection
   * @param forged number of mails that the spammer sends
   * @param length time that it takes to watch; zero is as fast as it goes
   * @throws UncheckedIOException when the milter breaks off
   */
  void run(Supplier<SocketAddress> milter, long seed, int forged, Duration length) {
    long began = System.nanoTime();
    new World(clock, seed, milter, score).run(forged, when -> await(when, began, length));
  }

  private void await(Instant when, long began, Duration length) {
    double share = (double) Duration.between(start, when).toSeconds() / World.MONTH.toSeconds();
    long due = began + (long) (share * length.toNanos());
    long early = due - System.nanoTime();
    if (early > 0) {
      try {
        Thread.sleep(Duration.ofNanos(early));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // from here on without waiting
      }
    }
  }
}
