package dev.backstop.edge.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for one TLS record each, taken only while there is something in them. A few are kept to
 * be used again; they are not cleared, and whoever takes one reads only what he has written. Safe
 * for use by all threads.
 */
final class RecordBuffers {
  /** RFC 5246 §6.2.3: header, 2^14 octets and 2048 for what protects them. TLS 1.3 has less. */
  static final int RECORD = 5 + (1 << 14) + 2048;

  private static final int KEPT = 64;
  private static final ArrayDeque<ByteBuffer> WAITING = new ArrayDeque<>();

  private RecordBuffers() {}

  /** An empty buffer with room for any record. */
  static ByteBuffer take() {
    synchronized (WAITING) {
      ByteBuffer waiting = WAITING.pollLast();
      return waiting == null ? ByteBuffer.allocate(RECORD) : waiting.clear();
    }
  }

  /** Takes back what {@link #take} gave; the caller must not touch it any more. */
  static void give(ByteBuffer buffer) {
    synchronized (WAITING) {
      if (WAITING.size() < KEPT) {
        WAITING.addLast(buffer);
      }
    }
  }
}
