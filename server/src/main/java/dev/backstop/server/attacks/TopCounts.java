package dev.backstop.server.attacks;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is seen most often, in bounded memory: the space-saving algorithm of Metwally,
 * Agrawal and El Abbadi. A new value takes the place of the rarest one and inherits its count as
 * possible error, so that whatever makes up more than one in {@value #MOST} messages is surely
 * listed, and {@code count - error} is a number that it surely reached. Not safe for threads.
 */
final class TopCounts {
  static final int MOST = 32;

  private final Map<String, Counter> counters = new HashMap<>();

  private static final class Counter {
    private final @Nullable String name;
    private final long error;
    private long count;

    Counter(@Nullable String name, long count, long error) {
      this.name = name;
      this.count = count;
      this.error = error;
    }

    long sure() {
      return count - error;
    }
  }

  void add(String value, @Nullable String name) {
    Counter known = counters.get(value);
    if (known != null) {
      known.count++;
      return;
    }
    long inherited = counters.size() < MOST ? 0 : removeRarest();
    counters.put(value, new Counter(name, inherited + 1, inherited));
  }

  /** Goes on where an episode that was stored had come to. */
  void restore(List<Episode.Count> counts) {
    for (Episode.Count count : counts) {
      if (counters.size() < MOST) {
        counters.put(count.value(), new Counter(count.name(), count.messages(), 0));
      }
    }
  }

  private long removeRarest() {
    Map.Entry<String, Counter> rarest =
        counters.entrySet().stream()
            .min(Comparator.comparingLong(entry -> entry.getValue().count))
            .orElseThrow();
    counters.remove(rarest.getKey());
    return rarest.getValue().count;
  }

  int size() {
    return counters.size();
  }

  /** What was surely seen most often first; of equal ones in the order of the alphabet. */
  List<Episode.Count> top() {
    return counters.entrySet().stream()
        .map(entry ->
            new Episode.Count(entry.getKey(), entry.getValue().name, entry.getValue().sure()))
        .sorted(
            Comparator.comparingLong(Episode.Count::messages)
                .reversed()
                .thenComparing(Episode.Count::value))
        .limit(Episode.MOST_LISTED)
        .toList();
  }
}
