package dev.backstop.mail.message;

/**
 * Lines and fields in a range of bytes. Lines may end in CRLF, LF or CR, also mixed, and in CR CR
 * LF, which gateways made of CRLF.
 */
final class Lines {
  private Lines() {}

  static boolean isEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** Index of the line end at or after {@code from}; {@code end} when there is none. */
  static int end(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
      i++;
    }
    return i;
  }

  /** Index of the next line's beginning; {@code end} after the last line. */
  static int next(byte[] bytes, int from, int end) {
    return afterEnd(bytes, end(bytes, from, end), end);
  }

  /** Index after the line end that is at {@code at}, if one is. */
  static int afterEnd(byte[] bytes, int at, int end) {
    if (at == end || !isEnd(bytes[at])) {
      return at;
    }
    if (bytes[at] == '\r' && at + 1 < end) {
      boolean twice = bytes[at + 1] == '\r' && at + 2 < end && bytes[at + 2] == '\n';
      return twice ? at + 3 : bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }
    return at + 1;
  }

  /** Index of the line end right before {@code at}, or {@code at}; not before {@code start}. */
  static int beforeEnd(byte[] bytes, int start, int at) {
    int i = at;
    if (i > start && bytes[i - 1] == '\n') {
      i--;
      i -= i > start && bytes[i - 1] == '\r' ? 1 : 0;
    }
    return i > start && bytes[i - 1] == '\r' ? i - 1 : i;
  }

  /** Index of the colon when a field (RFC 5322 §2.2) begins at {@code at}, else -1. */
  static int colon(byte[] bytes, int at, int end) {
    int i = at;
    while (i < end && bytes[i] > ' ' && bytes[i] != ':') {
      i++;
    }
    int nameEnd = i;
    while (i < end && isBlank(bytes[i])) {
      i++; // RFC 5322 §4.5: obsolete syntax allows blanks before the colon
    }
    return nameEnd > at && i < end && bytes[i] == ':' ? i : -1;
  }

  /** True when the range begins with that ASCII word, any case; the word is lower case. */
  static boolean startsWith(byte[] bytes, int at, int end, String word) {
    if (word.length() > end - at) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      byte b = bytes[at + i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
