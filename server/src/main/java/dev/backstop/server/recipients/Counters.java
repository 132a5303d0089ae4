package dev.backstop.server.recipients;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts since the start, through every change of the configuration. Safe for all threads. */
public final class Counters {
  /** Every word of {@link Outcome}. */
  public static final List<String> RESULTS = List.of("exists", "unknown", "undecided", "unchecked");

  /** Every source whose failures are counted. */
  public static final List<String> SOURCES = List.of("ldap", "sql", "call-out", "other");

  private final Map<String, LongAdder> results = adders(RESULTS);
  private final Map<String, LongAdder> failures = adders(SOURCES);
  private final LongAdder hits = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAdder limited = new LongAdder();

  void asked(Outcome outcome) {
    of(results, outcome.word()).increment();
  }

  void failed(String source) {
    of(failures, failures.containsKey(source) ? source : "other").increment();
  }

  void hit() {
    hits.increment();
  }

  void stale() {
    stale.increment();
  }

  void limited() {
    limited.increment();
  }

  /** Recipients asked for, by what came of it. */
  public long asked(String result) {
    return of(results, result).sum();
  }

  /** Questions that a source did not answer. */
  public long failures(String source) {
    return of(failures, source).sum();
  }

  /** Recipients of whom the answer was remembered. */
  public long hits() {
    return hits.sum();
  }

  /** Recipients let in by an old answer because nobody gave a new one. */
  public long staleAnswers() {
    return stale.sum();
  }

  /** Questions not asked because of {@code max-rate}. */
  public long limitedQuestions() {
    return limited.sum();
  }

  private static LongAdder of(Map<String, LongAdder> adders, String word) {
    LongAdder adder = adders.get(word);
    if (adder == null) {
      throw new IllegalArgumentException("nothing is counted as " + word);
    }
    return adder;
  }

  private static Map<String, LongAdder> adders(List<String> words) {
    return words.stream().collect(Collectors.toMap(Function.identity(), _ -> new LongAdder()));
  }
}
