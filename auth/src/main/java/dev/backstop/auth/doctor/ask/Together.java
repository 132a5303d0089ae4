package dev.backstop.auth.doctor.ask;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Many questions at one time: name servers far away take long, but not longer for several. */
public final class Together {
  private Together() {}

  /**
   * Does the work on every input, each on a virtual thread.
   *
   * @return the results in the order of the inputs
   */
  public static <A, B> List<B> map(List<A> inputs, Function<A, B> work) {
    if (inputs.size() < 2) {
      return inputs.stream().map(work).toList();
    }
    List<Callable<B>> tasks =
        inputs.stream().<Callable<B>>map(input -> () -> work.apply(input)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(tasks).stream().map(Together::result).toList();
    } catch (InterruptedException _) {
      // A resolver has no more time for an interrupted thread: this ends at once.
      Thread.currentThread().interrupt();
      return inputs.stream().map(work).toList();
    }
  }

  private static <B> B result(Future<B> done) {
    try {
      return done.resultNow();
    } catch (IllegalStateException e) {
      throw new IllegalStateException("a question never fails", done.exceptionNow());
    }
  }
}
