package dev.backstop.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes.
 *
 * <p>A round takes everything that waits, puts it into one transaction and answers all callers when
 * the commit has reached the disk; what arrives meanwhile is the next round. So one writer alone
 * waits for one disk flush, and two hundred share it.
 *
 * <p>When a round fails, its callers are told so, and from then on every caller is refused at once
 * (mail must not crawl) until a try of the writer's own, repeated after a pause, has succeeded. No
 * message is the probe. After any refusal the time of completeness moves to the end of the failure.
 */
final class Writer {
  /** How often the heartbeat is written and expiry is looked at. */
  static final Duration BEAT = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration SOON = Duration.ofMillis(10);

  /** Rows touched by one commit, at most (and one message more). */
  static final int ROWS = 4_000;

  private static final int NOTES_BESIDE_MAIL = 32;
  private static final int NOTES_ALONE = 512;

  private final Database database;
  private final Inbox inbox;
  private final Pulse pulse;
  private final Completeness completeness;
  private final StoreCounters counters;
  private final Expiry expiry;
  private final Tuning tuning;
  private final InstantSource clock;
  private final Thread thread;

  private volatile long progress = System.nanoTime();
  private volatile @Nullable SQLException suspicion;
  private @Nullable Session session;
  private long nextTry = System.nanoTime();
  private long replaced;
  private Instant beaten;

  Writer(
      Database database,
      Session session,
      Inbox inbox,
      Pulse pulse,
      Completeness completeness,
      StoreCounters counters,
      StoreSettings settings,
      Tuning tuning,
      InstantSource clock) {
    this.database = database;
    this.session = session;
    this.inbox = inbox;
    this.pulse = pulse;
    this.completeness = completeness;
    this.counters = counters;
    this.expiry = new Expiry(settings, clock, counters);
    this.tuning = tuning;
    this.clock = clock;
    this.beaten = clock.instant();
    this.thread = Thread.ofPlatform().name("backstop-store-writer").unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** Returns when it is on disk. On a virtual thread, thousands may wait here. */
  void write(Write work) throws StoreException {
    if (pulse.health() instanceof Health.Failing f) {
      throw new StoreException(f.reason(), null);
    }
    var ticket = new Ticket<Write, Instant>(work);
    if (!inbox.offer(ticket)) {
      throw new StoreException("too much waits to be written", null);
    }
    try {
      ticket.await(tuning.patience());
    } catch (TimeoutException e) {
      if (System.nanoTime() - progress >= tuning.patience().toNanos()) {
        pulse.failing("the disk did not answer within " + tuning.patience().toMillis() + " ms");
      }
      throw new StoreException("not written within " + tuning.patience().toMillis() + " ms", e);
    }
  }

  /** A reader met this: the writer looks for itself, at its next round. */
  void suspect(SQLException trouble, int generation) {
    if (generation == database.generation()) {
      suspicion = trouble;
    }
  }

  /** Writes what waits, then ends; gives up on a disk that hangs. */
  void close() {
    inbox.close();
    try {
      thread.join(tuning.patience().multipliedBy(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!inbox.isFinished()) {
      List<Ticket<Write, Instant>> batch =
          inbox.takeWrites(ROWS, expiry.isUnderWay() || !pulse.isOk() ? SOON : IDLE);
      try {
        round(batch);
      } catch (SQLException e) {
        broke(e, batch);
      } catch (RuntimeException | Error e) {
        LOG.error("the store's writer met a bug", e);
        broke(new SQLException(e.toString(), e), batch);
      }
    }
    end();
  }

  private void round(List<Ticket<Write, Instant>> batch) throws SQLException {
    Session writing = ready();
    if (writing == null) {
      refuse(batch);
      if (inbox.isClosed()) {
        counters.dropped.add(inbox.takeNotes(Inbox.MOST_NOTES).size());
      }
      return;
    }
    List<Note> notes = inbox.takeNotes(batch.isEmpty() ? NOTES_ALONE : NOTES_BESIDE_MAIL);
    boolean beat = Duration.between(beaten, clock.instant()).abs().compareTo(BEAT) >= 0;
    if (!batch.isEmpty() || !notes.isEmpty() || beat || !completeness.isWhole()) {
      try {
        commit(writing, batch, notes, beat);
      } catch (SQLException e) {
        counters.dropped.add(notes.size());
        throw e;
      }
    }
    if (expiry.isDue()) {
      expiry.step(writing);
      progress = System.nanoTime();
    }
  }

  private void commit(
      Session writing, List<Ticket<Write, Instant>> batch, List<Note> notes, boolean beat)
      throws SQLException {
    boolean gap = !completeness.isWhole();
    long seen = completeness.failures();
    writing.begin();
    Instant now = clock.instant(); // not before the failures seen, nor before a wait for a lock
    long rows = 0;
    for (Ticket<Write, Instant> ticket : batch) {
      ticket.work().apply(writing, now);
      rows += ticket.work().rows();
    }
    for (Note note : notes) {
      note.apply(writing);
    }
    if (beat) {
      StateTable.heartbeat(writing, now);
    }
    if (gap) {
      StateTable.completeFrom(writing, now);
    }
    writing.commit();
    committed(rows, notes.size());
    batch.forEach(ticket -> ticket.answer(now));
    if (gap) {
      completeness.covered(seen);
    }
    if (beat) {
      completeness.mark();
      beaten = now;
      expiry.begin();
    }
  }

  private void committed(long rows, int notes) {
    progress = System.nanoTime();
    counters.commits.increment();
    counters.rows.add(rows);
    counters.events.add(notes);
    pulse.working();
  }

  /** The session, tried out first when anything is wrong; null when it is not time to try again. */
  private @Nullable Session ready() throws SQLException {
    SQLException trouble = suspicion;
    if (session != null && pulse.isOk() && trouble == null) {
      return session;
    }
    if (System.nanoTime() - nextTry < 0) {
      return null;
    }
    suspicion = null;
    if (trouble != null && Faults.isCorrupt(trouble)) {
      throw trouble;
    }
    Session probed = session != null ? session : database.openForWriting();
    session = probed;
    probed.begin();
    StateTable.heartbeat(probed, clock.instant());
    probed.commit();
    nextTry = System.nanoTime();
    pulse.working();
    return probed;
  }

  private void broke(SQLException e, List<Ticket<Write, Instant>> batch) {
    counters.faults.increment();
    if (session != null) {
      session.close();
      session = null;
    }
    pulse.failing(Faults.words(e));
    refuse(batch);
    nextTry = System.nanoTime() + tuning.retry().toNanos();
    if (Faults.isCorrupt(e)) {
      replace(e);
    }
  }

  /** At most once a minute: a disk that damages all that it is given would fill with copies. */
  private void replace(SQLException damage) {
    long now = System.nanoTime();
    if (replaced != 0 && now - replaced < BEAT.toNanos()) {
      return;
    }
    try {
      database.moveAside(damage);
      suspicion = null; // of the file that is gone
      replaced = now;
      nextTry = now;
    } catch (IOException e) {
      LOG.error("cannot move the damaged store {} away", database.file(), e);
    }
  }

  private void refuse(List<Ticket<Write, Instant>> batch) {
    String why = pulse.health() instanceof Health.Failing f ? f.reason() : "the store is failing";
    batch.forEach(ticket -> ticket.fail(why, null));
  }

  private void end() {
    try (Session last = session) {
      if (last != null && pulse.isOk()) {
        last.begin();
        StateTable.heartbeat(last, clock.instant());
        last.commit();
      }
    } catch (SQLException e) {
      LOG.warn("the store's last heartbeat was not written", e);
    }
  }
}
