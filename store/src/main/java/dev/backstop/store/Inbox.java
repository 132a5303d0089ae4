package dev.backstop.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, bounded; a write is answered with the time of its commit. Notes wait
 * apart, so that they never delay mail.
 */
final class Inbox {
  static final int MOST_ROWS = 300_000;
  static final int MOST_NOTES = 4_096;

  /** So many notes wake the writer; fewer wait for its next round. */
  private static final int NOTES_WAKE = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Ticket<Write, Instant>> writes = new ArrayDeque<>();
  private final ArrayDeque<Note> notes = new ArrayDeque<>();
  private int rows;
  private boolean closed;

  /** False when it is full or closed. */
  boolean offer(Ticket<Write, Instant> ticket) {
    lock.lock();
    try {
      int more = ticket.work().work();
      if (closed || (rows + more > MOST_ROWS && !writes.isEmpty())) {
        return false;
      }
      rows += more;
      writes.add(ticket);
      if (writes.size() == 1) {
        arrived.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** False when it is full or closed. */
  boolean offer(Note note) {
    lock.lock();
    try {
      if (closed || notes.size() >= MOST_NOTES) {
        return false;
      }
      notes.add(note);
      if (notes.size() == NOTES_WAKE) {
        arrived.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest writes, up to so many rows but at least one, when any comes within the wait. */
  List<Ticket<Write, Instant>> takeWrites(int mostRows, Duration wait) {
    lock.lock();
    try {
      long left = wait.toNanos();
      while (writes.isEmpty() && notes.size() < NOTES_WAKE && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      // nobody has a reason to interrupt the writer; it looks at what there is
    } finally {
      lock.unlock();
    }
    return poll(mostRows);
  }

  private List<Ticket<Write, Instant>> poll(int mostRows) {
    var taken = new ArrayList<Ticket<Write, Instant>>();
    lock.lock();
    try {
      int sum = 0;
      while (!writes.isEmpty() && sum < mostRows) {
        Ticket<Write, Instant> ticket = writes.remove();
        sum += ticket.work().work() + 1;
        rows -= ticket.work().work();
        taken.add(ticket);
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  List<Note> takeNotes(int most) {
    var taken = new ArrayList<Note>();
    lock.lock();
    try {
      while (!notes.isEmpty() && taken.size() < most) {
        taken.add(notes.remove());
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  /** Rows and notes that wait. */
  int depth() {
    lock.lock();
    try {
      return rows + notes.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes in no more; what is in it can still be taken out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** True when it is closed and empty. */
  boolean isFinished() {
    lock.lock();
    try {
      return closed && writes.isEmpty() && notes.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
