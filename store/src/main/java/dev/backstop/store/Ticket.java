package dev.backstop.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One caller's question or write, and the place where that caller waits for the answer. */
final class Ticket<W, A> {
  private final W work;
  private final CompletableFuture<A> answer = new CompletableFuture<>();

  Ticket(W work) {
    this.work = work;
  }

  W work() {
    return work;
  }

  /** True when nobody waits any more. */
  boolean isDone() {
    return answer.isDone();
  }

  void answer(A value) {
    answer.complete(value);
  }

  void fail(String why, @Nullable Throwable cause) {
    answer.completeExceptionally(new StoreException(why, cause));
  }

  /**
   * Waits for the answer.
   *
   * @throws TimeoutException when there was none in time; it may still be done later
   */
  A await(Duration most) throws StoreException, TimeoutException {
    try {
      return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", e);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw e;
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      throw new StoreException(String.valueOf(why == null ? e : why.getMessage()), why);
    }
  }
}
