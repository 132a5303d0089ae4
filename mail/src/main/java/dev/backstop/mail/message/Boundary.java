package dev.backstop.mail.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The delimiter lines of a multipart (RFC 2046 §5.1.1): with the declared boundary, or one that is
 * guessed when that got lost.
 *
 * <p>A comparison never looks beyond the line it is at, so that a search is linear whatever the
 * boundary is.
 */
final class Boundary {
  private static final int GUESS_BOUND = 4096;

  /** Two hyphens and the boundary. */
  private final byte[] delimiter;

  private Boundary(byte[] delimiter) {
    this.delimiter = delimiter;
  }

  /**
   * The declared one, when a line has it. Else the first line that begins with two hyphens and has
   * a Content- field under it: relays that break folded lines lose the parameter, others rewrite
   * it. {@code null} when no line is a delimiter.
   */
  static @Nullable Boundary of(ContentType type, byte[] bytes, int start, int end) {
    String declared = type.parameter("boundary");
    if (declared == null || !isUsable(declared)) {
      Boundary guess = guess(bytes, start, end, true);
      int bound = Math.min(end, start + GUESS_BOUND);
      return guess == null ? guess(bytes, start, bound, false) : guess;
    }
    byte[] delimiter = ("--" + declared.stripTrailing()).getBytes(StandardCharsets.UTF_8);
    var boundary = new Boundary(delimiter);
    return boundary.find(bytes, start, end) < end ? boundary : guess(bytes, start, end, true);
  }

  /** RFC 2231 can write line ends into a parameter; such a boundary could never be found. */
  private static boolean isUsable(String declared) {
    for (int i = 0; i < declared.length(); i++) {
      if (Character.isISOControl(declared.charAt(i))) {
        return false;
      }
    }
    return !declared.isBlank();
  }

  private static @Nullable Boundary guess(byte[] bytes, int start, int end, boolean withField) {
    for (int at = start; at < end; at = Lines.next(bytes, at, end)) {
      if (at + 2 < end && bytes[at] == '-' && bytes[at + 1] == '-') {
        int stop = beforeBlanks(bytes, at, Lines.end(bytes, at, end));
        int next = Lines.next(bytes, stop, end);
        if (stop > at + 2 && (!withField || Lines.startsWith(bytes, next, end, "content-"))) {
          return new Boundary(Arrays.copyOfRange(bytes, at, stop));
        }
      }
    }
    return null;
  }

  private static int beforeBlanks(byte[] bytes, int start, int end) {
    int stop = end;
    while (stop > start && Lines.isBlank(bytes[stop - 1])) {
      stop--;
    }
    return stop;
  }

  /**
   * Start of the first delimiter line in a range that begins at a line, else {@code end}. One of
   * two hyphens side by side is met by looking at every second octet.
   */
  int find(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i += 2) {
      if (bytes[i] == '-') {
        int at = i > from && bytes[i - 1] == '-' ? i - 1 : i;
        if ((at == from || Lines.isEnd(bytes[at - 1])) && isAt(bytes, at, end)) {
          return at;
        }
      }
    }
    return end;
  }

  private boolean isAt(byte[] bytes, int at, int end) {
    if (!beginsAt(bytes, at, end)) {
      return false;
    }
    int rest = at + delimiter.length;
    return isPadding(bytes, hyphens(bytes, rest, end) ? rest + 2 : rest, end);
  }

  /** True when the delimiter line at {@code at} has the hyphens that end the multipart. */
  boolean closesAt(byte[] bytes, int at, int end) {
    return hyphens(bytes, at + delimiter.length, end);
  }

  private boolean beginsAt(byte[] bytes, int at, int end) {
    if (delimiter.length > end - at) {
      return false;
    }
    for (int i = 0; i < delimiter.length; i++) {
      if (bytes[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hyphens(byte[] bytes, int at, int end) {
    return at + 1 < end && bytes[at] == '-' && bytes[at + 1] == '-';
  }

  /** RFC 2046 §5.1.1: blanks may follow, anything else makes it another boundary. */
  private static boolean isPadding(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && Lines.isBlank(bytes[at])) {
      at++;
    }
    return at == end || Lines.isEnd(bytes[at]);
  }
}
