package dev.backstop.edge;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * A log that a peer cannot flood: of each kind of event one line in ten seconds, with the number of
 * those left out. Safe for use by all threads.
 */
public final class QuietLog {
  private static final long PAUSE_NANOS = 10_000_000_000L;

  private final Logger log;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();

  private static final class Kind {
    final AtomicLong quietUntil;
    final AtomicLong leftOut = new AtomicLong();

    Kind(long now) {
      quietUntil = new AtomicLong(now);
    }
  }

  public QuietLog(Logger log) {
    this(log, System::nanoTime);
  }

  QuietLog(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /**
   * Logs a warning unless one of the same kind was logged less than ten seconds ago.
   *
   * @param kind a constant, never text from outside: it is the key under which lines are counted
   */
  public void warn(String kind, String detail) {
    if (maySpeak(kind)) {
      log.warn("{}: {}{}", kind, detail, leftOut(kind));
    }
  }

  /** The same for a bug of ours: with its stack trace, or with one plain line meanwhile. */
  public void error(String kind, String detail, Throwable cause) {
    if (maySpeak(kind)) {
      log.error("{}: {}{}", kind, detail, leftOut(kind), cause);
    } else {
      log.error("{}: {}: {} (stack trace above)", kind, detail, cause.getClass().getName());
    }
  }

  private boolean maySpeak(String name) {
    long now = nanoTime.getAsLong();
    Kind kind = kinds.computeIfAbsent(name, _ -> new Kind(now));
    long until = kind.quietUntil.get();
    if (now - until >= 0 && kind.quietUntil.compareAndSet(until, now + PAUSE_NANOS)) {
      return true;
    }
    kind.leftOut.incrementAndGet();
    return false;
  }

  private String leftOut(String name) {
    Kind kind = kinds.get(name);
    long count = kind == null ? 0 : kind.leftOut.getAndSet(0);
    return count == 0 ? "" : " (and " + count + " more like it since the last such line)";
  }
}
