package dev.backstop.cli.demo;

import java.util.Map;
import java.util.function.Predicate;

/**
 * What has happened so far, in figures. Immutable.
 *
 * @param sent mails that our users handed in, and that went on
 * @param notSent those that were refused or lost their sender on the way out
 * @param forged mails sent in our users' names
 * @param arrivals mails to our users
 */
record Tally(int sent, int notSent, int forged, Map<Key, Integer> arrivals) {

  /** Mails that are counted together. */
  record Key(Kind kind, Truth truth, Fate fate) {}

  Tally {
    arrivals = Map.copyOf(arrivals);
  }

  int count(Predicate<Key> which) {
    return arrivals.entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  int all(Truth truth) {
    return count(key -> key.truth() == truth);
  }

  int with(Truth truth, Fate fate) {
    return count(key -> key.truth() == truth && key.fate() == fate);
  }

  int refused(Truth truth) {
    return count(key -> key.truth() == truth && key.fate().isRefused());
  }

  /**
   * Whether all went right: no mail of ours was held up, no genuine answer and no ordinary mail was
   * lost, no false answer let through. A world in which nothing happened proves nothing.
   */
  boolean isRight() {
    return notSent == 0
        && all(Truth.GENUINE) > 0
        && all(Truth.FALSE) > 0
        && with(Truth.GENUINE, Fate.DELIVERED) == all(Truth.GENUINE)
        && refused(Truth.FALSE) == all(Truth.FALSE)
        && with(Truth.ORDINARY, Fate.DELIVERED) == all(Truth.ORDINARY);
  }
}
