package dev.backstop.store.query;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database whether a query finds a row. A few platform threads (native calls of SQLite would
 * hold a virtual thread's carrier), each with a connection of its own that it opens when it is
 * first needed and again after a fault. Safe for all threads.
 */
public final class RowQuery implements AutoCloseable {
  private static final int MOST_WAITING = 1000;

  private final QuerySettings settings;
  private final ArrayBlockingQueue<Asked> questions = new ArrayBlockingQueue<>(MOST_WAITING);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  private record Asked(Map<String, String> values, CompletableFuture<Boolean> answer) {}

  /** Opens nothing yet. */
  public RowQuery(QuerySettings settings) {
    this.settings = settings;
    for (int i = 0; i < settings.connections(); i++) {
      threads.add(
          Thread.ofPlatform().daemon().name("backstop-query-" + i).start(() -> new Asker().loop()));
    }
  }

  /**
   * Whether there is a row.
   *
   * @param values of the named places; a place without one is the empty text
   * @param most longest that the caller waits
   * @throws QueryException when the database has not answered
   */
  public boolean hasRow(Map<String, String> values, Duration most) throws QueryException {
    var asked = new Asked(Map.copyOf(values), new CompletableFuture<>());
    if (closed || !questions.offer(asked)) {
      throw new QueryException(closed ? "it is not asked any more" : "too many questions", null);
    }
    try {
      return asked.answer().get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      asked.answer().cancel(false);
      throw new QueryException("no answer within " + most.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      asked.answer().cancel(false);
      Thread.currentThread().interrupt();
      throw new QueryException("interrupted", e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      throw new QueryException(String.valueOf(why == null ? e : why.getMessage()), why);
    }
  }

  /** Ends the threads as soon as their questions are answered. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }

  /** The state of one thread. */
  private final class Asker {
    private @Nullable Link link;

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

    private void serve(Asked asked) {
      if (asked.answer().isDone()) {
        return; // nobody waits any more
      }
      try {
        asked.answer().complete(ask(asked.values()));
      } catch (SQLException e) {
        drop();
        asked.answer().completeExceptionally(new QueryException(Link.words(e), e));
      } catch (QueryException e) {
        drop();
        asked.answer().completeExceptionally(e);
      } catch (RuntimeException e) {
        drop();
        asked.answer().completeExceptionally(new QueryException("a fault of ours: " + e, e));
      }
    }

    /** A connection that has rested may have been closed by the other side: one more try. */
    private boolean ask(Map<String, String> values) throws SQLException, QueryException {
      Link rested = link;
      if (rested != null) {
        try {
          return rested.hasRow(values);
        } catch (SQLException _) {
          drop();
        }
      }
      Link fresh = Link.open(settings);
      link = fresh;
      return fresh.hasRow(values);
    }

    private void drop() {
      if (link != null) {
        link.close();
        link = null;
      }
    }
  }
}
