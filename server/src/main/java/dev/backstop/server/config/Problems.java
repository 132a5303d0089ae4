package dev.backstop.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong while a file is read, and which keys were asked for. Not thread-safe. */
final class Problems {
  private static final int MAX_VALUE = 80;

  private final Lines lines;
  private final List<Problem> found = new ArrayList<>();
  private final SortedSet<String> keys = new TreeSet<>();

  Problems(Lines lines) {
    this.lines = lines;
  }

  void add(String key, @Nullable String value, String reason, @Nullable String example) {
    found.add(new Problem(lines.of(key), key, shortened(value), reason, example));
  }

  void asked(String key) {
    keys.add(key);
  }

  /** Every key that the reader knows. */
  SortedSet<String> keys() {
    return keys;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  List<Problem> sorted() {
    return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  private static @Nullable String shortened(@Nullable String value) {
    return value == null || value.length() <= MAX_VALUE
        ? value
        : value.substring(0, MAX_VALUE) + "…";
  }
}
