package dev.backstop.bench.lab;

import dev.backstop.bench.lab.Traffic.Fate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What a phase of the soak should have counted, and what went wrong in it. For one thread. */
final class Tally {
  private static final int MOST_WRONG = 50;

  private final Map<Fate, Integer> genuine = new EnumMap<>(Fate.class);
  private final Map<Fate, Integer> catchable = new EnumMap<>(Fate.class);
  private final Map<Fate, Integer> others = new EnumMap<>(Fate.class);
  private final List<String> wrong = new ArrayList<>();
  private final boolean storeWorks;
  private int wrote;
  private int read;
  private int refused;
  private int slowed;
  private int strangers;

  /**
   * Nothing yet.
   *
   * @param storeWorks whether everything that can be caught must be
   */
  Tally(boolean storeWorks) {
    this.storeWorks = storeWorks;
  }

  void wrote() {
    wrote++;
  }

  void read() {
    read++;
  }

  void refusedAtRecipient(boolean later) {
    refused += later ? 0 : 1;
    slowed += later ? 1 : 0;
  }

  /** An answer to mail of ours; one that came to our tag must be proved. */
  void genuine(Fate fate, boolean tagged, Supplier<String> what) {
    genuine.merge(fate, 1, Integer::sum);
    if (fate != Fate.GENUINE && (tagged || fate != Fate.UNPROVEN)) {
      wrong("a genuine answer is " + fate + ": " + what.get());
    }
  }

  /** An answer to mail that was never ours. */
  void forged(Fate fate, boolean isCatchable, Supplier<String> what) {
    (isCatchable ? catchable : others).merge(fate, 1, Integer::sum);
    boolean caught = fate == Fate.BACKSCATTER || fate == Fate.SLOWED;
    if (fate == Fate.GENUINE || (isCatchable && storeWorks && !caught)) {
      wrong("a forged answer is " + fate + ": " + what.get());
    }
  }

  /** A stranger's letter. */
  void ordinary(Fate fate) {
    strangers++;
    if (fate != Fate.ORDINARY) {
      wrong("a stranger's letter is " + fate);
    }
  }

  void wrong(String what) {
    if (wrong.size() < MOST_WRONG) {
      wrong.add(what);
    }
  }

  /** Compares with what the installation counted meanwhile. */
  void compare(Counters counted) {
    compare("sent", wrote, counted.sent());
    compare("judged", read, counted.judged());
    compare("refused", refused, counted.refused());
    compare("slowed", slowed, counted.slowed());
  }

  /** Counters of an installation, at a moment or between two. */
  record Counters(long sent, long judged, long refused, long slowed) {
    static Counters of(Installation installation) {
      return new Counters(
          installation.counted("backstop_messages_sent"),
          installation.counted("backstop_messages_judged"),
          installation.counted("backstop_recipients_refused"),
          installation.counted("backstop_recipients_slowed"));
    }

    Counters since(Counters before) {
      return new Counters(
          sent - before.sent,
          judged - before.judged,
          refused - before.refused,
          slowed - before.slowed);
    }
  }

  private void compare(String what, long expected, long counted) {
    if (expected != counted) {
      wrong(what + ": " + expected + " messages, counted " + counted);
    }
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** As a row of a table. */
  String row(String phase) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |",
        phase,
        wrote,
        of(genuine, Fate.GENUINE),
        of(genuine, Fate.UNPROVEN),
        of(genuine, Fate.BACKSCATTER),
        of(catchable, Fate.BACKSCATTER) + of(catchable, Fate.SLOWED),
        of(catchable, Fate.UNPROVEN),
        of(others, Fate.BACKSCATTER) + of(others, Fate.SLOWED),
        of(others, Fate.UNPROVEN),
        strangers);
  }

  static final String HEAD =
      "| phase | sent | answers: genuine | unproven | backscatter | forged: caught | unproven"
          + " | forged, some mail untagged: caught | unproven | strangers |\n"
          + "|---".repeat(10)
          + "|";

  private static int of(Map<Fate, Integer> fates, Fate fate) {
    return fates.getOrDefault(fate, 0);
  }
}
