package dev.backstop.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What will happen when. For one thread. */
final class Agenda {
  /** Does something; may put more on the agenda. */
  interface Event {
    void happen();
  }

  /** Called before each event, with its time. */
  interface Pace {
    void reach(Instant when);
  }

  private record Entry(Instant when, long number, Event event) {}

  private final WorldClock clock;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::when).thenComparingLong(Entry::number));
  private long number;

  Agenda(WorldClock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  void in(Duration delay, Event event) {
    entries.add(new Entry(now().plus(delay), number++, event));
  }

  /** Until nothing is left. */
  void run(Pace pace) {
    for (Entry next = entries.poll(); next != null; next = entries.poll()) {
      pace.reach(next.when());
      clock.advanceTo(next.when());
      next.event().happen();
    }
  }
}
