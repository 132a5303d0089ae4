package dev.backstop.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads, each with its own session, that answer the questions of any number of
 * callers.
 */
final class Readers implements AutoCloseable {
  private static final int MOST_WAITING = 10_000;

  /** A question to the database. */
  interface Question<A> {
    A ask(Session session) throws SQLException;
  }

  /** Told when a reader meets an error in that generation of the file. */
  interface Alarm {
    void suspect(SQLException trouble, int generation);
  }

  private final Database database;
  private final StoreCounters counters;
  private final Duration wait;
  private final Alarm alarm;
  private final ArrayBlockingQueue<Asked<?>> questions = new ArrayBlockingQueue<>(MOST_WAITING);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  Readers(
      String name,
      int count,
      Database database,
      StoreCounters counters,
      Duration wait,
      Alarm alarm) {
    this.database = database;
    this.counters = counters;
    this.wait = wait;
    this.alarm = alarm;
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofPlatform().daemon().name(name + "-" + i).unstarted(() -> new Reader().loop()));
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** Waits for the answer, bounded. */
  <A> A ask(Question<A> question) throws StoreException {
    counters.lookups.increment();
    var ticket = new Ticket<Question<A>, A>(question);
    try {
      if (closed || !questions.offer(new Asked<>(ticket))) {
        throw new StoreException(closed ? "the store is closed" : "too many questions", null);
      }
      return ticket.await(wait);
    } catch (TimeoutException e) {
      counters.failedLookups.increment();
      throw new StoreException("no answer within " + wait.toMillis() + " ms", e);
    } catch (StoreException e) {
      counters.failedLookups.increment();
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(wait);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Asked<A>(Ticket<Question<A>, A> ticket) {
    void answer(Session session) throws SQLException {
      ticket.answer(ticket.work().ask(session));
    }
  }

  /** The state of one thread. */
  private final class Reader {
    private @Nullable Session session;
    private int generation;

    void loop() {
      while (!closed) {
        try {
          serve(questions.take());
        } catch (InterruptedException _) {
          // closed is looked at next
        }
      }
      drop();
    }

    private void serve(Asked<?> asked) {
      if (asked.ticket().isDone()) {
        return;
      }
      try {
        asked.answer(fresh());
      } catch (SQLException e) {
        drop();
        counters.faults.increment();
        alarm.suspect(e, generation);
        asked.ticket().fail(Faults.words(e), e);
      } catch (RuntimeException | Error e) {
        drop();
        asked.ticket().fail("a bug in the store: " + e, e);
      }
    }

    private Session fresh() throws SQLException {
      int current = database.generation();
      if (generation != current) {
        drop();
      }
      Session open = session;
      if (open == null) {
        generation = current;
        open = database.openForReading();
        session = open;
      }
      return open;
    }

    private void drop() {
      if (session != null) {
        session.close();
        session = null;
      }
    }
  }
}
