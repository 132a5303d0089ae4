package dev.backstop.edge.milter;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread will do; the test's own timeout is the bound. */
final class Await {
  private Await() {}

  static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pause();
    }
  }

  static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
  }
}
