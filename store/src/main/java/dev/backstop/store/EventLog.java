package dev.backstop.store;

import java.time.Instant;
import java.util.List;

/** What happened, for people. Thread-safe. */
public final class EventLog {
  private static final int MOST_RECENT = 1_000;
  private final Inbox inbox;
  private final Readers readers;
  private final StoreCounters counters;

  EventLog(Inbox inbox, Readers readers, StoreCounters counters) {
    this.inbox = inbox;
    this.readers = readers;
    this.counters = counters;
  }

  /**
   * Written within a second or so, after mail. Never blocks and never throws: when too many wait or
   * the store fails the event is dropped and counted.
   */
  public void append(Event event) {
    if (!inbox.offer(session -> EventTable.insert(session, event))) {
      counters.dropped.increment();
    }
  }

  /** Counts since then. Takes about a second for a million events. */
  public EventSummary summary(Instant from) throws StoreException {
    return readers.ask(session ->
        new EventSummary(
            EventTable.counts(session, from),
            EventTable.peers(session, from),
            EventTable.recent(session, 20)));
  }

  /**
   * The newest events, newest first.
   *
   * @param most taken as 1,000 when more
   */
  public List<Event> recent(int most) throws StoreException {
    int bounded = Math.clamp(most, 0, MOST_RECENT);
    return readers.ask(session -> EventTable.recent(session, bounded));
  }

  /** The newest events that match, newest first. Takes about a second for a million events. */
  public List<Event> search(EventQuery query) throws StoreException {
    return readers.ask(session -> EventSearch.find(session, query));
  }

  /**
   * What happened to the automatic mail of one domain since then, and what enforcing does. Events
   * that an earlier release wrote do not say that and are left out.
   *
   * @return the largest first
   */
  public List<Outlook> outlook(String domain, Instant from) throws StoreException {
    return readers.ask(session -> EventSearch.outlook(session, domain, from));
  }
}
