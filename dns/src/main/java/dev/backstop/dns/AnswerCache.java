package dev.backstop.dns;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers remembered until they expire or the least recently used have to go: bounded in number and
 * in memory. Safe for all threads; the lock is held for a look into a map.
 */
final class AnswerCache {
  /** However long an owner wishes: a wrong record should be gone the next day. */
  private static final long MAX_FOUND = Duration.ofDays(1).toSeconds();

  /** RFC 2308 §5 has one to three hours as a sensible limit. */
  private static final long MAX_NOTHING = Duration.ofHours(1).toSeconds();

  /** The question, the answer and the map's own, without records. */
  private static final long ENTRY_OCTETS = 240;

  private record Kept(Lasting<?> lasting, long from, long until, long octets) {
    /** A clock that was set back makes an entry invalid, not long-lived. */
    boolean holds(long now) {
      return from <= now && now < until;
    }
  }

  private final Map<Question.Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
  private final int maxEntries;
  private final long maxOctets;
  private final InstantSource clock;
  private long octets;

  AnswerCache(int maxEntries, long maxOctets, InstantSource clock) {
    this.maxEntries = maxEntries;
    this.maxOctets = maxOctets;
    this.clock = clock;
  }

  <T> @Nullable Lasting<T> get(Question<T> question) {
    Question.Key key = question.key();
    long now = clock.millis();
    synchronized (this) {
      Kept found = kept.get(key);
      if (found == null || found.holds(now)) {
        return found == null ? null : cast(found.lasting());
      }
      remove(key);
      return null;
    }
  }

  /** Only {@link #put} puts in, and there question and answer have one type. */
  @SuppressWarnings("unchecked")
  private static <T> Lasting<T> cast(Lasting<?> lasting) {
    return (Lasting<T>) lasting;
  }

  <T> void put(Question<T> question, Lasting<T> lasting) {
    long seconds = lifetime(lasting);
    long size =
        ENTRY_OCTETS
            + question.name().text().length()
            + question.kind().octets(lasting.answer().records());
    if (seconds <= 0 || size > maxOctets) {
      return;
    }
    Question.Key key = question.key();
    long now = clock.millis();
    synchronized (this) {
      remove(key);
      kept.put(key, new Kept(lasting, now, now + seconds * 1_000, size));
      octets += size;
      while (kept.size() > maxEntries || octets > maxOctets) {
        remove(kept.keySet().iterator().next());
      }
    }
  }

  private void remove(Question.Key key) {
    Kept removed = kept.remove(key);
    if (removed != null) {
      octets -= removed.octets();
    }
  }

  private static long lifetime(Lasting<?> lasting) {
    return Math.min(
        lasting.seconds(),
        switch (lasting.answer()) {
          case Answer.Found<?> _ -> MAX_FOUND;
          case Answer.NoSuchName<?> _, Answer.NoData<?> _ -> MAX_NOTHING;
          case Answer.ServerFailure<?> _, Answer.Timeout<?> _ -> Lasting.FAILURE_SECONDS;
        });
  }

  synchronized int entries() {
    return kept.size();
  }

  /** Memory that the entries take, estimated. */
  synchronized long octets() {
    return octets;
  }
}
