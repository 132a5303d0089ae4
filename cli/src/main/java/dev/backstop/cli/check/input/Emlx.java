package dev.backstop.cli.check.input;

import java.io.IOException;
import java.io.InputStream;

/** Apple Mail's file: a line with the message's length, the message, a property list. */
final class Emlx {
  private static final int MAX_DIGITS = 9;

  private Emlx() {}

  /** Whether such a line begins here. */
  static boolean begins(byte[] bytes, int length) {
    int i = 0;
    while (i < length && isDigit(bytes[i])) {
      i++;
    }
    int digits = i;
    while (i < length && (bytes[i] == ' ' || bytes[i] == '\r')) {
      i++;
    }
    return digits > 0 && i < length && bytes[i] == '\n';
  }

  /**
   * Reads the line that {@link #begins} has seen; what is too large for a number is the largest.
   */
  static int length(InputStream in) throws IOException {
    int length = 0;
    int digits = 0;
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (isDigit(c) && ++digits <= MAX_DIGITS) {
        length = length * 10 + (c - '0');
      }
    }
    return digits > MAX_DIGITS ? Integer.MAX_VALUE : length;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
