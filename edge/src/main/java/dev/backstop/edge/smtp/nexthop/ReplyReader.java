package dev.backstop.edge.smtp.nexthop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replies (RFC 5321 §4.2). Lines end with CRLF or, as some servers send, LF alone. Bounds: a
 * line has 2,048 octets, a reply 100 lines and 64 KiB. Between replies it holds no buffer unless
 * more came than was asked for. Not safe for use by several threads.
 *
 * <p>The lines of one reply must have the same code. Of a reply whose codes differ only within a
 * class (250 and 251) the last counts; where the classes differ (250 and 550) nobody can know
 * whether the server did what it was told, and the hop is taken for broken.
 */
final class ReplyReader {
  static final int MAX_LINE = 2_048;
  static final int MAX_LINES = 100;
  static final int MAX_REPLY = 64 * 1024;
  private static final byte[] NOTHING = {};

  private final Source source;
  private int room;
  private byte[] buffer = NOTHING;
  private int start;
  private int end;

  /** Where octets come from; -1 at the end. */
  interface Source {
    int read(byte[] buffer, int from, int length) throws IOException;
  }

  /**
   * @param room octets asked for in one read
   */
  ReplyReader(Source source, int room) {
    this.source = source;
    this.room = room;
  }

  void room(int octets) {
    room = octets;
  }

  /** Whether octets are here that no reply was awaited for. */
  boolean hasMore() {
    return start < end;
  }

  /**
   * The next reply, waiting for it.
   *
   * @throws BrokenHopException when it is none, or the peer has closed
   */
  HopReply next() throws IOException {
    List<String> lines = new ArrayList<>(1);
    int code = 0;
    int octets = 0;
    boolean last = false;
    while (!last) {
      int length = line();
      octets += length;
      if (lines.size() == MAX_LINES || octets > MAX_REPLY) {
        throw new BrokenHopException("sent a reply of more than 100 lines or 64 KiB");
      }
      int next = code(length);
      if (code != 0 && code / 100 != next / 100) {
        throw new BrokenHopException("sent a reply with the codes " + code + " and " + next);
      }
      code = next;
      last = isLast(length);
      lines.add(text(length));
      start += length;
    }
    releaseIfEmpty();
    return new HopReply(code, lines);
  }

  /** Makes the next line whole from {@code start} on; its length with its end. */
  private int line() throws IOException {
    for (int at = start; ; at++) {
      if (at - start == MAX_LINE) {
        throw new BrokenHopException("sent a reply line longer than " + MAX_LINE + " octets");
      }
      if (at == end) {
        int before = start;
        fill();
        at -= before - start;
      }
      if (buffer[at] == '\n') {
        return at + 1 - start;
      }
    }
  }

  private void fill() throws IOException {
    if (buffer.length - end < room) {
      byte[] larger = new byte[end - start + room];
      System.arraycopy(buffer, start, larger, 0, end - start);
      buffer = larger;
      end -= start;
      start = 0;
    }
    int count = source.read(buffer, end, buffer.length - end);
    if (count <= 0) {
      throw new BrokenHopException("closed the connection");
    }
    end += count;
  }

  private int code(int length) throws BrokenHopException {
    int code = 0;
    for (int i = 0; i < 3; i++) {
      int digit = i < length ? buffer[start + i] - '0' : -1;
      if (digit < 0 || digit > 9) {
        throw new BrokenHopException("sent a line that does not begin with a reply code");
      }
      code = code * 10 + digit;
    }
    if (code < 200 || code > 599) {
      throw new BrokenHopException("sent the reply code " + code);
    }
    return code;
  }

  private boolean isLast(int length) throws BrokenHopException {
    byte separator = buffer[start + 3]; // there is one: a line has its LF at least
    if (separator == ' ' || separator == '\n' || (separator == '\r' && length == 5)) {
      return true;
    }
    if (separator == '-') {
      return false;
    }
    throw new BrokenHopException("sent a reply code with neither space nor hyphen behind it");
  }

  private String text(int length) {
    int to = start + length - 1;
    if (buffer[to - 1] == '\r') {
      to--;
    }
    int from = Math.min(start + 4, to);
    return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private void releaseIfEmpty() {
    if (start == end) {
      buffer = NOTHING;
      start = 0;
      end = 0;
    }
  }
}
