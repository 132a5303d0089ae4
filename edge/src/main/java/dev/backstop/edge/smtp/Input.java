package dev.backstop.edge.smtp;

import dev.backstop.edge.BufferPool;
import dev.backstop.edge.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the client says: command lines, and the octets of messages. An idle session holds a small
 * array only; a larger one is borrowed while a message comes. For the session's thread.
 */
final class Input {
  /** The first octet of a client that begins with TLS (RFC 8446 §5.1). */
  static final char TLS_HANDSHAKE = 22;

  private static final int IDLE = 512;
  private static final int MESSAGE = 16 * 1024;
  private static final int LONG_MESSAGE = 144 * 1024;

  private final Connection connection;
  private final BufferPool pool;
  private final BeforeWaiting beforeWaiting;
  private final byte[] small = new byte[IDLE];
  private byte[] buffer = small;
  private byte @Nullable [] borrowed;
  private int start;
  private int end;

  /** Called before the client is waited for: it may wait for us. */
  interface BeforeWaiting {
    void run() throws IOException;
  }

  /** What a line came to. */
  sealed interface Line {
    /** A command line, without its end, as ISO 8859-1 would read it. */
    record Text(String octets) implements Line {}

    /**
     * It has a CR, LF or NUL that no command line has.
     *
     * @param start its first octets, four at most
     * @param whole whether its end has come
     */
    record Broken(String start, boolean whole) implements Line {}

    /**
     * It is longer than any command.
     *
     * @param start as above
     * @param whole whether its end has come; else it is a line without end
     */
    record TooLong(String start, boolean whole) implements Line {}

    /** The client has gone. */
    record End() implements Line {}
  }

  Input(Connection connection, BufferPool pool, BeforeWaiting beforeWaiting) {
    this.connection = connection;
    this.pool = pool;
    this.beforeWaiting = beforeWaiting;
  }

  /** Whether something has come that was not read yet. */
  boolean hasMore() {
    return start < end;
  }

  /** Forgets what has come: sent in clear, it must not be read as if it had been protected. */
  void discard() {
    start = 0;
    end = 0;
  }

  /**
   * The next line. Only CRLF ends a line (RFC 5321 §2.3.8), so that a LF alone makes no command of
   * what stands behind it. A client that waits behind such a LF must be answered before its line
   * has ended, and then nobody can tell where the next one begins.
   *
   * @param most octets of a line
   */
  Line line(int most) throws IOException {
    String begin = null;
    int dropped = 0;
    int looked = start;
    while (true) {
      int end = lineEnd(looked);
      if (end >= 0) {
        Line line = dropped > 0 ? new Line.TooLong(String.valueOf(begin), true) : text(end, most);
        start = end + 1;
        return line;
      }
      if (dropped == 0 && cannotBecomeGood()) {
        return new Line.Broken(start(), false);
      }
      if (this.end - start > most) { // it will not be kept
        begin = begin == null ? start() : begin;
        dropped += this.end - start - 1;
        start = this.end - 1; // which may be the CR
        if (dropped > 64 * most) {
          return new Line.TooLong(begin, false);
        }
      }
      int length = Math.max(0, this.end - start - 1);
      if (!fill(most)) {
        return new Line.End();
      }
      looked = start + length;
    }
  }

  /** Index of the LF of the next CRLF; -1 when there is none. */
  private int lineEnd(int from) {
    for (int i = Math.max(from, start + 1); i < end; i++) {
      if (buffer[i] == '\n' && buffer[i - 1] == '\r') {
        return i;
      }
    }
    return -1;
  }

  /** What has come ends with a LF alone, or is a TLS record, and the client waits. */
  private boolean cannotBecomeGood() {
    return start < end && (buffer[end - 1] == '\n' || buffer[start] == TLS_HANDSHAKE);
  }

  private String start() {
    return new String(buffer, start, Math.min(4, end - start), StandardCharsets.ISO_8859_1);
  }

  private Line text(int lineEnd, int most) {
    int textEnd = lineEnd - 1;
    if (textEnd - start > most) {
      return new Line.TooLong(start(), true);
    }
    for (int i = start; i < textEnd; i++) {
      if (buffer[i] == '\r' || buffer[i] == '\n' || buffer[i] == 0) {
        return new Line.Broken(start(), true);
      }
    }
    return new Line.Text(new String(buffer, start, textEnd - start, StandardCharsets.ISO_8859_1));
  }

  /** Reads more behind what is there; false at the end of the stream. */
  private boolean fill(int most) throws IOException {
    if (start == end) {
      discard();
    } else if (end == buffer.length && start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(4 * buffer.length, Math.max(most, IDLE) + IDLE));
    }
    beforeWaiting.run();
    int read = connection.read(buffer, end, buffer.length - end);
    if (read < 0) {
      return false;
    }
    end += read;
    return true;
  }

  /** Takes a piece of a message. */
  interface Taker {
    /** Takes what it wants from the front; returns the index behind it. */
    int take(byte[] octets, int from, int to);
  }

  /**
   * Waits for more, and gives all that is there to the taker, which may leave it.
   *
   * @return false when the client has gone
   */
  boolean peek(Taker taker) throws IOException {
    if (!fill(2 * IDLE)) {
      return false;
    }
    start = taker.take(buffer, start, end);
    return true;
  }

  /** Borrows an array that a message comes through faster. Give it back by {@link #rest}. */
  void expectMessage() {
    byte[] larger = borrowed == null ? pool.take(MESSAGE) : null;
    if (larger != null) {
      borrow(larger);
    }
  }

  private void borrow(byte[] larger) {
    System.arraycopy(buffer, start, larger, 0, end - start);
    end -= start;
    start = 0;
    if (borrowed != null) {
      pool.give(borrowed);
    }
    borrowed = larger;
    buffer = larger;
  }

  /**
   * Gives the next octets to the taker, waiting for some if there are none.
   *
   * @param most octets given
   * @return how many were taken; -1 when the client has gone
   */
  int message(long most, Taker taker) throws IOException {
    if (start == end) {
      discard();
      beforeWaiting.run();
      int read = connection.read(buffer, 0, buffer.length);
      if (read < 0) {
        return -1;
      }
      end = read;
    }
    boolean full = start == 0 && end == buffer.length;
    int to = (int) Math.min(end, start + most);
    int taken = taker.take(buffer, start, to) - start;
    start += taken;
    if (full && borrowed != null && buffer.length < LONG_MESSAGE) {
      byte[] larger = pool.take(LONG_MESSAGE);
      if (larger != null) {
        borrow(larger);
      }
    }
    return taken;
  }

  /** The message has ended: the large array goes back as soon as it is empty. */
  void rest() {
    int length = end - start;
    byte[] loan = borrowed;
    if (loan == null) {
      return;
    }
    byte[] next = length <= IDLE ? small : new byte[length];
    System.arraycopy(buffer, start, next, 0, length);
    buffer = next;
    start = 0;
    end = length;
    pool.give(loan);
    borrowed = null;
  }
}
