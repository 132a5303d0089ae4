package dev.backstop.mail.message;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The boundary of a multipart (RFC 2046 §5.1.1): declared, or guessed when that got lost. */
final class Boundary {
  /** RFC 2046 §5.1.1 allows 70; a much longer boundary makes the search for it slow. */
  static final int MAX_LENGTH = 200;

  private static final int GUESS_BOUND = 4096;

  private Boundary() {}

  /**
   * The declared one, else the first line that begins with two hyphens: relays that break folded
   * lines lose the parameter. {@code null} when there is none that can be used.
   */
  static @Nullable String of(ContentType type, byte[] bytes, int length) {
    String declared = type.parameter("boundary");
    String boundary = declared == null || declared.isEmpty() ? guess(bytes, length) : declared;
    return boundary == null || boundary.length() > MAX_LENGTH ? null : boundary;
  }

  private static @Nullable String guess(byte[] bytes, int length) {
    int bound = Math.min(length, GUESS_BOUND);
    for (int start = 0; start < bound; ) {
      int end = start;
      while (end < bound && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      if (end - start > 2 && bytes[start] == '-' && bytes[start + 1] == '-') {
        String line = new String(bytes, start + 2, end - start - 2, StandardCharsets.ISO_8859_1);
        return line.strip().isEmpty() ? null : line.strip();
      }
      start = end + 1;
    }
    return null;
  }
}
