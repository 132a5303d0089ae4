package dev.backstop.cli.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps count. Thread-safe: written by the world, read by who shows it. */
final class Score {
  private static final int MOST_MISTAKES = 5;

  /** Mails that look alike to a reader of examples. */
  private record Sort(Tally.Key key, String server, boolean nullSender) {}

  private final Set<Sort> sorts = new HashSet<>();
  private final Map<Tally.Key, Integer> arrivals = new HashMap<>();
  private final List<Case> firsts = new ArrayList<>();
  private final List<Case> mistakes = new ArrayList<>();
  private int sent;
  private int notSent;
  private int forged;
  private @Nullable Case last;

  synchronized void sent(boolean wentOn) {
    if (wentOn) {
      sent++;
    } else {
      notSent++;
    }
  }

  synchronized void forged() {
    forged++;
  }

  synchronized void arrived(Case arrived) {
    var key = new Tally.Key(arrived.arrival().kind(), arrived.arrival().truth(), arrived.fate());
    arrivals.merge(key, 1, Integer::sum);
    Mail mail = arrived.arrival().mail();
    if (sorts.add(new Sort(key, mail.client().name(), mail.sender().isEmpty()))) {
      firsts.add(arrived);
    }
    if (!arrived.isRight() && mistakes.size() < MOST_MISTAKES) {
      mistakes.add(arrived);
    }
    last = arrived;
  }

  synchronized Tally tally() {
    return new Tally(sent, notSent, forged, arrivals);
  }

  synchronized Optional<Case> last() {
    return Optional.ofNullable(last);
  }

  /** The first things that went wrong. */
  synchronized List<Case> mistakes() {
    return List.copyOf(mistakes);
  }

  /** The first of its sort. */
  synchronized Optional<Case> example(Predicate<Case> which) {
    return firsts.stream().filter(which).findFirst();
  }
}
