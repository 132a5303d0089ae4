package dev.backstop.server.recipients;

import dev.backstop.server.recipients.source.Finding;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What sources said, for a while. Who exists is kept apart from who does not, so that guessing many
 * addresses pushes no real one out. Safe for all threads.
 */
final class Memory {
  /** How long somebody who existed still does while nobody answers. */
  static final Duration STALE = Duration.ofDays(1);

  static final int MOST = 100_000;

  private final long positive;
  private final long negative;
  private final LongSupplier nanoTime;
  private final Map<String, Said> known;
  private final Map<String, Said> others;

  private record Said(Finding finding, long since) {}

  Memory(Duration positive, Duration negative, int most, LongSupplier nanoTime) {
    this.positive = positive.toNanos();
    this.negative = negative.toNanos();
    this.nanoTime = nanoTime;
    this.known = bounded(most);
    this.others = bounded(most);
  }

  synchronized void remember(String key, Finding finding) {
    Said entry = new Said(finding, nanoTime.getAsLong());
    switch (finding) {
      case Finding.Known _ -> {
        others.remove(key);
        known.put(key, entry);
      }
      case Finding.Unknown _, Finding.Silent _ -> {
        known.remove(key);
        others.put(key, entry);
      }
      case Finding.Failed _ -> {
        // who existed still does
      }
    }
  }

  /** What was said lately. */
  synchronized Optional<Finding> find(String key) {
    return younger(known.get(key), positive).or(() -> younger(others.get(key), negative));
  }

  /** Who existed some time ago. */
  synchronized Optional<Finding> findStale(String key) {
    return younger(known.get(key), Math.max(positive, STALE.toNanos()));
  }

  synchronized int size() {
    return known.size() + others.size();
  }

  private Optional<Finding> younger(@Nullable Said entry, long most) {
    return entry != null && nanoTime.getAsLong() - entry.since() < most
        ? Optional.of(entry.finding())
        : Optional.empty();
  }

  /** The one not asked for the longest time goes first. */
  private static Map<String, Said> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
        return size() > most;
      }
    };
  }
}
