package dev.backstop.store;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What the store did since it was opened. Every number may be read at any time by any thread. */
public final class StoreCounters {
  final LongAdder rows = new LongAdder();
  final LongAdder commits = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder faults = new LongAdder();
  final LongAdder lookups = new LongAdder();
  final LongAdder failedLookups = new LongAdder();
  final LongAdder events = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder expired = new LongAdder();
  private final IntSupplier depth;

  StoreCounters(IntSupplier depth) {
    this.depth = depth;
  }

  /**
   * Rows committed: of the journal one for each recipient, one for each arrival and reporting host.
   */
  public long rowsWritten() {
    return rows.sum();
  }

  /** Transactions committed. */
  public long commits() {
    return commits.sum();
  }

  /** Calls of {@link Journal#record} that threw: each is a message without its journal row. */
  public long failures() {
    return failures.sum();
  }

  /** Errors of the database itself. */
  public long faults() {
    return faults.sum();
  }

  /** Questions asked of the store. */
  public long lookups() {
    return lookups.sum();
  }

  /** Questions that could not be answered. */
  public long failedLookups() {
    return failedLookups.sum();
  }

  /** Events and sightings of streams committed. */
  public long eventsWritten() {
    return events.sum();
  }

  /** Events and sightings of streams lost because the queue was full or the store failed. */
  public long eventsDropped() {
    return dropped.sum();
  }

  /** Rows and events deleted because of their age. */
  public long expired() {
    return expired.sum();
  }

  /** Gauge: rows (of all tables) and events that wait to be written. */
  public int queueDepth() {
    return depth.getAsInt();
  }
}
