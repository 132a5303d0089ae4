package dev.backstop.edge.milter;

import dev.backstop.edge.Connection;
import dev.backstop.edge.DoorCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Tells a waiting mail server that a decision is still being made. The session's thread says when a
 * decision begins and ends; the listener's watch calls {@link #tick}; the note itself goes out on a
 * thread of its own, as a peer that does not read must not hold up the watch. The connection's
 * monitor makes sure that no note follows the answer.
 */
final class Progress {
  private static final byte[] NOTE = {0, 0, 0, 1, 'p'};

  private final Connection connection;
  private final DoorCounters counters;
  private final long interval;
  private volatile boolean deciding;
  private volatile long lastSign;

  Progress(Connection connection, DoorCounters counters, Duration interval) {
    this.connection = connection;
    this.counters = counters;
    this.interval = interval.toNanos();
  }

  void begin() {
    lastSign = System.nanoTime();
    deciding = true;
  }

  void end() {
    synchronized (connection) {
      deciding = false;
    }
  }

  void tick(long now) {
    if (deciding && now - lastSign >= interval) {
      lastSign = now;
      Thread.ofVirtual().name("milter-progress").start(this::send);
    }
  }

  private void send() {
    try {
      synchronized (connection) {
        if (deciding) {
          connection.write(ByteBuffer.wrap(NOTE));
          counters.progressSent.increment();
        }
      }
    } catch (IOException e) {
      // The session's own thread finds the broken connection when it answers.
    }
  }
}
