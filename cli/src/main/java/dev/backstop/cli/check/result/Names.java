package dev.backstop.cli.check.result;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts names that strangers chose. Bounded: a flood of new names takes no more memory. */
public final class Names {
  private static final int MAX_NAMES = 20_000;
  private static final int MAX_LENGTH = 255; // RFC 1035 §2.3.4

  /** A name and how many messages bear it. */
  public record Count(String name, int messages) {}

  private final Map<String, Integer> counts = new HashMap<>();
  private int uncounted;

  void add(@Nullable String name) {
    if (name == null) {
      return;
    }
    String key = name.substring(0, Math.min(name.length(), MAX_LENGTH)).toLowerCase(Locale.ROOT);
    if (counts.size() < MAX_NAMES || counts.containsKey(key)) {
      counts.merge(key, 1, Integer::sum);
    } else {
      uncounted++;
    }
  }

  /** Those with most messages first, equal ones by name. */
  public List<Count> most(int limit) {
    return counts.entrySet().stream()
        .map(entry -> new Count(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Count::messages).reversed().thenComparing(Count::name))
        .limit(limit)
        .toList();
  }

  /** Messages whose names came after there were too many. */
  public int uncounted() {
    return uncounted;
  }
}
