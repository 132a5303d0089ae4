package dev.backstop.bench.lab;

import dev.backstop.bounce.verdict.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Verdicts counted by what they were about. For one thread. */
final class Matrix {
  private static final int MOST_EXAMPLES = 400;

  /**
   * What a verdict was about.
   *
   * @param scene what the domain says of itself
   * @param subject proofs that were available, or how it was forged
   * @param part what came back
   * @param nullSender whether the answer came from the null sender
   * @param answersOneMessage whether it is no report or complaint, which come unasked
   * @param stripped whether it came to an address that lost its tag, against RFC 5321 §6.1
   */
  record Row(
      boolean ours,
      Scene scene,
      String subject,
      String part,
      Damage damage,
      boolean nullSender,
      boolean stripped,
      boolean answersOneMessage) {

    /** Whether the reader is to find the returned Message-ID. */
    boolean showsMessageId() {
      return !part.equals("none") && damage != Damage.QUOTED && damage != Damage.CUT;
    }
  }

  /** How often each verdict. */
  static final class Count {
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);

    void add(Verdict verdict, int times) {
      verdicts.merge(verdict, times, Integer::sum);
    }

    int of(Verdict verdict) {
      return verdicts.getOrDefault(verdict, 0);
    }

    int all() {
      return verdicts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** In per cent; 100 of nothing. */
    double share(Verdict verdict) {
      return all() == 0 ? 100 : 100.0 * of(verdict) / all();
    }

    /** As cells of a table. */
    String cells() {
      return "%d | %d | %d | %d"
          .formatted(
              of(Verdict.GENUINE),
              of(Verdict.UNPROVEN),
              of(Verdict.BACKSCATTER),
              of(Verdict.ORDINARY));
    }
  }

  private final Map<Row, Count> counts = new LinkedHashMap<>();
  private final Map<String, String> examples = new LinkedHashMap<>();

  void add(Row row, Verdict verdict) {
    counts.computeIfAbsent(row, _ -> new Count()).add(verdict, 1);
  }

  /** Keeps a verdict that is to be looked at, the first of each kind. */
  void example(String kind, String words) {
    if (examples.size() < MOST_EXAMPLES) {
      examples.putIfAbsent(kind, words);
    }
  }

  List<String> examples() {
    return List.copyOf(examples.values());
  }

  /** The sum of the rows that are meant. */
  Count sum(Predicate<Row> rows) {
    var sum = new Count();
    counts.forEach((row, count) -> {
      if (rows.test(row)) {
        count.verdicts.forEach(sum::add);
      }
    });
    return sum;
  }

  /** Sums by a key, in its order. */
  Map<String, Count> by(Function<Row, String> key, Predicate<Row> rows) {
    Map<String, Count> sums = new TreeMap<>();
    counts.forEach((row, count) -> {
      if (rows.test(row)) {
        Count sum = sums.computeIfAbsent(key.apply(row), _ -> new Count());
        count.verdicts.forEach(sum::add);
      }
    });
    return sums;
  }

  int size() {
    return counts.size();
  }
}
