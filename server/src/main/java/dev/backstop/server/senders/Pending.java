package dev.backstop.server.senders;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A check that runs on a virtual thread of its own. What it waits for is bounded by its resolver.
 *
 * @param <T> what it finds
 */
final class Pending<T> {
  private final FutureTask<T> task;

  private Pending(FutureTask<T> task) {
    this.task = task;
  }

  /** Begins at once. */
  static <T> Pending<T> begin(String what, Callable<T> check) {
    var task = new FutureTask<>(check);
    Thread.ofVirtual().name("sender " + what).start(task);
    return new Pending<>(task);
  }

  /**
   * What it found; waits for it.
   *
   * @throws IllegalStateException when the check failed, which is a bug of ours, or this thread was
   *     interrupted
   */
  T result() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a sender was checked", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check of the sender failed", e.getCause());
    }
  }
}
