package dev.backstop.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer, bounded; a write is answered with the time of its commit. Events wait
 * apart, so that they never delay mail.
 */
final class Inbox {
  static final int MOST_ROWS = 300_000;
  static final int MOST_EVENTS = 4_096;

  /** So many events wake the writer; fewer wait for its next round. */
  private static final int EVENTS_WAKE = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Ticket<Write, Instant>> writes = new ArrayDeque<>();
  private final ArrayDeque<Event> events = new ArrayDeque<>();
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
  boolean offer(Event event) {
    lock.lock();
    try {
      if (closed || events.size() >= MOST_EVENTS) {
        return false;
      }
      events.add(event);
      if (events.size() == EVENTS_WAKE) {
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
      while (writes.isEmpty() && events.size() < EVENTS_WAKE && !closed && left > 0) {
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

  List<Event> takeEvents(int most) {
    var taken = new ArrayList<Event>();
    lock.lock();
    try {
      while (!events.isEmpty() && taken.size() < most) {
        taken.add(events.remove());
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  /** Rows and events that wait. */
  int depth() {
    lock.lock();
    try {
      return rows + events.size();
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
      return closed && writes.isEmpty() && events.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
