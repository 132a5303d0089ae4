package dev.backstop.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;

/**
 * Deletes what is old in small steps with pauses between them: at midnight a whole day is over, and
 * of a large journal that is millions of rows, but mail has nearly all of the disk's time. Belongs
 * to the writer's thread.
 */
final class Expiry {
  /** Rows of each table that one step deletes, at most. */
  private static final int STEP = 500;

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final StoreSettings settings;
  private final InstantSource clock;
  private final StoreCounters counters;
  private boolean underWay = true;
  private long next = System.nanoTime();

  Expiry(StoreSettings settings, InstantSource clock, StoreCounters counters) {
    this.settings = settings;
    this.clock = clock;
    this.counters = counters;
  }

  /** Time has passed: something may be old now. */
  void begin() {
    underWay = true;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** Whether there may be something to delete and the pause is over. */
  boolean isDue() {
    return underWay && System.nanoTime() - next >= 0;
  }

  /** In a transaction of its own, between two rounds: nobody waits long for it. */
  void step(Session writing) throws SQLException {
    Instant now = clock.instant();
    long sent = now.minus(settings.journalKeep()).getEpochSecond();
    long arrived = now.minus(settings.arrivalsKeep()).getEpochSecond();
    Instant happened = now.minus(settings.eventsKeep());
    writing.begin();
    int[] deleted = {
      DailyTable.JOURNAL.expire(writing, sent, STEP),
      DailyTable.CORRESPONDENCE.expire(writing, sent, STEP),
      DailyTable.PROOF_USE.expire(writing, sent, STEP),
      DailyTable.ARRIVAL.expire(writing, arrived, STEP),
      EventTable.expire(writing, happened, settings.eventsMost(), STEP),
      EpisodeTable.expire(writing, happened, STEP)
    };
    underWay = IntStream.of(deleted).anyMatch(rows -> rows >= STEP);
    if (!underWay) { // these are few, but not in the order of their age
      int senders = JournalTable.expireUntagged(writing, sent, STEP);
      int streams = StreamTable.expire(writing, happened.getEpochSecond(), STEP);
      underWay = senders == STEP || streams == STEP;
    }
    writing.commit();
    counters.expired.add(IntStream.of(deleted).sum());
    next = System.nanoTime() + PAUSE.toNanos();
  }
}
