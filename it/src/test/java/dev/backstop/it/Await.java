package dev.backstop.it;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition instead of a time; real servers tell nobody when they are done. */
public final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** Until the condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    present(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(), () -> "");
  }

  /**
   * Until there is a value.
   *
   * @param what is missing if it never comes
   * @param context what to show then: a log, mostly
   */
  public static <T> T present(String what, Supplier<Optional<T>> source, Supplier<String> context) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new AssertionError(
        "waited " + LONGEST.toSeconds() + " s in vain for " + what + "\n" + context.get());
  }
}
