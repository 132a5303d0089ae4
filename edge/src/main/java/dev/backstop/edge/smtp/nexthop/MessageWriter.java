package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.BufferPool;
import java.io.IOException;

/**
 * Gathers the octets of one message into large writes, and its last ones with the dot into a single
 * one: a dot alone would wait for the acknowledgement of what went before it. The array is borrowed
 * at the first octet; a larger one is taken when a message proves large. Not safe for use by
 * several threads.
 */
final class MessageWriter {
  private static final int SMALL = 16 * 1024;
  private static final int LARGE = 64 * 1024;
  private static final int WITHOUT_POOL = 2 * 1024;
  private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};
  private static final byte[] NONE = {};

  private final BufferPool pool;
  private final Sink sink;
  private byte[] buffer = NONE;
  private boolean borrowed;
  private int used;
  private boolean begun;
  private byte beforeLast;
  private byte last;

  /** Where large writes go. */
  interface Sink {
    void write(byte[] octets, int from, int length) throws IOException;
  }

  MessageWriter(BufferPool pool, Sink sink) {
    this.pool = pool;
    this.sink = sink;
  }

  void write(byte[] octets, int from, int length) throws IOException {
    int at = from;
    int left = length;
    while (left > 0) {
      makeRoom();
      int count = Math.min(left, room());
      System.arraycopy(octets, at, buffer, used, count);
      used += count;
      at += count;
      left -= count;
      remember(count);
    }
  }

  /** There is always room for the dot. */
  private int room() {
    return buffer.length - END.length - used;
  }

  private void remember(int count) {
    beforeLast = count > 1 ? buffer[used - 2] : last;
    last = buffer[used - 1];
    begun = true;
  }

  private void makeRoom() throws IOException {
    if (buffer.length == 0) {
      take(SMALL);
    } else if (room() <= 0) {
      sink.write(buffer, 0, used);
      used = 0;
      if (borrowed && buffer.length < LARGE) {
        give();
        take(LARGE);
      }
    }
  }

  private void take(int size) {
    byte[] taken = pool.take(size);
    borrowed = taken != null;
    buffer = taken == null ? new byte[WITHOUT_POOL] : taken;
  }

  /** RFC 5321 §4.1.1.4: a message that does not end with CRLF gets it before the dot. */
  void end() throws IOException {
    if (buffer.length == 0) {
      buffer = new byte[END.length];
    }
    boolean atLineStart = !begun || (beforeLast == '\r' && last == '\n');
    int from = atLineStart ? 2 : 0;
    System.arraycopy(END, from, buffer, used, END.length - from);
    sink.write(buffer, 0, used + END.length - from);
    used = 0;
  }

  /** Gives the array back; to be called in any case. */
  void give() {
    if (borrowed) {
      pool.give(buffer);
    }
    borrowed = false;
    buffer = NONE;
    used = 0;
  }
}
