package dev.backstop.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Where mail in our name comes from. Thread-safe. */
public final class Streams {
  /** Kept of one domain: whoever forges it can make up any number of sources. */
  static final int MOST = 1_000;

  private final Inbox inbox;
  private final Readers readers;
  private final StoreCounters counters;

  Streams(Inbox inbox, Readers readers, StoreCounters counters) {
    this.inbox = inbox;
    this.readers = readers;
    this.counters = counters;
  }

  /**
   * Counts messages of a stream. As events are written: within a second or so, after mail. Never
   * blocks and never throws: when too many wait or the store fails it is dropped and counted.
   */
  public void seen(Stream.Sighting sighting) {
    if (!inbox.offer(session -> StreamTable.seen(session, sighting))) {
      counters.dropped.increment();
    }
  }

  /**
   * The streams of a domain that were seen since then, at most {@value #MOST}; those that were not
   * seen for the longest time go when there are more, and all as events expire.
   *
   * @return those with most messages first
   */
  public List<Stream> of(String domain, Instant since) throws StoreException {
    String name = domain.toLowerCase(Locale.ROOT);
    return readers.ask(session -> StreamTable.of(session, name, since.getEpochSecond()));
  }
}
