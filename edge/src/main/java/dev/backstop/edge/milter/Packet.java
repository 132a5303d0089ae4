package dev.backstop.edge.milter;

import dev.backstop.edge.MessageFilter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The data of one packet: a window on the read buffer, good until the next packet is read. Not safe
 * for use by several threads.
 */
final class Packet {
  private byte[] bytes = new byte[0];
  private int from;
  private int to;

  void show(byte[] buffer, int start, int end) {
    bytes = buffer;
    from = start;
    to = end;
  }

  int length() {
    return to - from;
  }

  byte octet(int index) {
    return bytes[from + index];
  }

  /** A 32-bit number in network order. */
  int int32(int index) {
    int at = from + index;
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  /** A 16-bit number in network order. */
  int int16(int index) {
    return (octet(index) & 0xff) << 8 | (octet(index + 1) & 0xff);
  }

  /**
   * Where the string that starts at that index ends.
   *
   * @throws BadPacketException if no NUL ends it: half an address must not pass as a whole one
   */
  int endOfString(int index) throws BadPacketException {
    for (int i = from + index; i < to; i++) {
      if (bytes[i] == 0) {
        return i - from;
      }
    }
    throw new BadPacketException("string without its end");
  }

  byte[] copy(int start, int end) {
    return Arrays.copyOfRange(bytes, from + start, from + end);
  }

  void copyTo(byte[] target, int at, int start, int end) {
    System.arraycopy(bytes, from + start, target, at, end - start);
  }

  void showTo(MessageFilter filter) {
    filter.body(bytes, from, to - from);
  }

  /** Field names and other ASCII; what is not becomes one character an octet. */
  String latin1(int start, int end) {
    return new String(bytes, from + start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Addresses (RFC 6531 §3.3); bad octets become U+FFFD, which no address parser accepts. */
  String utf8(int start, int end) {
    return new String(bytes, from + start, end - start, StandardCharsets.UTF_8);
  }

  /** For names that end up in logs: at most {@code most} octets of it, control characters as ?. */
  String label(int start, int end, int most) {
    String text = utf8(start, Math.min(end, start + most));
    var clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      if (Character.isISOControl(clean.charAt(i)) || clean.charAt(i) == '\u2028') {
        clean.setCharAt(i, '?');
      }
    }
    return clean.toString();
  }

  boolean equalsAscii(int start, int end, String text) {
    if (end - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (octet(start + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
