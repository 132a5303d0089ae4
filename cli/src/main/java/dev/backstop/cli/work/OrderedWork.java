package dev.backstop.cli.work;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Work on several threads, results in the order of the work. One thread submits, one drains; what
 * is in flight is bounded by its weight in octets, not by its number, so that neither many small
 * nor few large pieces fill the memory. A piece leaves when its result has been taken.
 */
public final class OrderedWork<R> implements AutoCloseable {
  /** After so long without a result, milliseconds, what waits in buffers is shown. */
  private static final long PATIENCE = 50;

  /** What a piece weighs beside its octets. */
  private static final int OVERHEAD = 4096;

  /** Octets in flight, when the heap is not smaller than four times that. */
  private static final int MOST_IN_FLIGHT = 64 << 20;

  private record Piece<R>(Future<R> result, int weight, boolean last) {}

  private final BlockingQueue<Piece<R>> pieces = new LinkedBlockingQueue<>();
  private final ExecutorService workers;
  private final int capacity;
  private final Semaphore room;

  OrderedWork(int threads, int capacity) {
    this(threads, Thread.ofPlatform().daemon().name("worker-").factory(), capacity);
  }

  private OrderedWork(int threads, ThreadFactory factory, int capacity) {
    this.capacity = capacity;
    this.room = new Semaphore(capacity);
    this.workers = Executors.newFixedThreadPool(threads, factory);
  }

  /** For work that computes: a thread for each core. */
  public static <R> OrderedWork<R> computing() {
    return new OrderedWork<>(Runtime.getRuntime().availableProcessors(), capacity());
  }

  /**
   * For work that mostly waits for others.
   *
   * @param threads how many pieces may wait at one time
   */
  public static <R> OrderedWork<R> waiting(int threads) {
    return new OrderedWork<>(threads, Thread.ofVirtual().name("worker-", 0).factory(), capacity());
  }

  private static int capacity() {
    return (int) Math.min(MOST_IN_FLIGHT, Runtime.getRuntime().maxMemory() / 4);
  }

  /** Waits for room. A piece heavier than all the room waits until it is alone. */
  public void submit(int octets, Callable<R> work) throws InterruptedException {
    int weight = (int) Math.min((long) octets + OVERHEAD, capacity);
    room.acquire(weight);
    pieces.add(new Piece<>(workers.submit(work), weight, false));
  }

  /** What finds the work and submits it. */
  public interface Feeder {
    /** Submits all there is; what it throws, {@link #drain} shall throw. */
    void feed() throws Exception;
  }

  /**
   * Starts the thread that submits. It ends by itself, or when it is interrupted: then whoever
   * drains wants no more.
   */
  public Thread feed(String name, Feeder feeder) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            feeder.feed();
            end();
          } catch (InterruptedException | CancellationException _) {
            // nobody wants the rest
          } catch (Exception | Error e) {
            fail(e);
          }
        });
  }

  /** Nothing more comes. */
  void end() {
    pieces.add(new Piece<>(new CompletableFuture<>(), 0, true));
  }

  /** Nothing more comes, because of a failure that {@link #drain} shall throw. */
  void fail(Throwable failure) {
    pieces.add(new Piece<>(CompletableFuture.failedFuture(failure), 0, false));
  }

  /**
   * Takes the results one after the other until the end.
   *
   * @param taker returns false when it wants no more
   * @param idle called when there is nothing to take, and then from time to time: at once when all
   *     that was submitted is done, since who submits may be waiting for what was found
   */
  public void drain(Predicate<R> taker, Runnable idle) throws InterruptedException {
    while (true) {
      Piece<R> piece = pieces.poll(PATIENCE, TimeUnit.MILLISECONDS);
      if (piece == null) {
        idle.run();
      } else if (piece.last() || !taker.test(result(piece, idle))) {
        return;
      } else {
        room.release(piece.weight());
        if (pieces.isEmpty()) {
          idle.run();
        }
      }
    }
  }

  private static <R> R result(Piece<R> piece, Runnable idle) throws InterruptedException {
    while (true) {
      try {
        return piece.result().get(PATIENCE, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        idle.run();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Stops the workers; what they have not done is dropped. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
