package dev.backstop.edge;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Byte arrays for what is on its way through a door, and the account of how much that is. Sessions
 * share one pool, so that many slow or hostile peers together cannot take more memory than one
 * number says. Safe for use by all threads.
 *
 * <p>Arrays come in a few sizes and are used again, a bounded number of each. They are not cleared:
 * whoever takes one reads only what he has written.
 */
public final class BufferPool {
  private static final int[] SIZES = {16 * 1024, 144 * 1024, 1024 * 1024};
  private static final int[] KEPT = {64, 16, 4};

  private final long budget;
  private final AtomicLong used = new AtomicLong();
  private final Shelf[] shelves = new Shelf[SIZES.length];

  /** Waiting arrays of one size; its monitor guards it. */
  private static final class Shelf {
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

    synchronized byte @Nullable [] take() {
      return waiting.pollLast();
    }

    synchronized void put(byte[] buffer, int most) {
      if (waiting.size() < most) {
        waiting.addLast(buffer);
      }
    }
  }

  /**
   * An empty pool.
   *
   * @param budget octets that may be in use at one time, arrays and reservations together
   */
  public BufferPool(long budget) {
    this.budget = budget;
    for (int i = 0; i < shelves.length; i++) {
      shelves[i] = new Shelf();
    }
  }

  /** An array of at least that length, or {@code null} when the budget is spent. */
  public byte @Nullable [] take(int atLeast) {
    int size = sizeFor(atLeast);
    if (!reserve(size)) {
      return null;
    }
    int shelf = shelfOf(size);
    byte[] buffer = shelf < 0 ? null : shelves[shelf].take();
    return buffer == null ? new byte[size] : buffer;
  }

  /** Takes back what {@link #take} gave; the caller must not touch it any more. */
  public void give(byte[] buffer) {
    release(buffer.length);
    int shelf = shelfOf(buffer.length);
    if (shelf >= 0) {
      shelves[shelf].put(buffer, KEPT[shelf]);
    }
  }

  /** Counts memory that the caller allocates himself; false, and nothing counted, if too much. */
  public boolean reserve(int octets) {
    if (used.addAndGet(octets) <= budget) {
      return true;
    }
    used.addAndGet(-octets);
    return false;
  }

  /** Gives back what was reserved. */
  public void release(long octets) {
    used.addAndGet(-octets);
  }

  /** Octets in use now. */
  public long used() {
    return used.get();
  }

  private static int sizeFor(int atLeast) {
    for (int size : SIZES) {
      if (atLeast <= size) {
        return size;
      }
    }
    return atLeast;
  }

  private static int shelfOf(int size) {
    for (int i = 0; i < SIZES.length; i++) {
      if (SIZES[i] == size) {
        return i;
      }
    }
    return -1;
  }
}
