package dev.backstop.mail.message;

import java.nio.charset.StandardCharsets;

/**
 * One header field with its exact bytes (RFC 5322 §2.2).
 *
 * @param name as written, without the colon
 * @param value everything after the colon: leading space, folds and all, without the final line end
 */
@SuppressWarnings(
    "ArrayRecordComponent") // exact bytes without a copy; compare with nameIs and text
public record HeaderField(String name, byte[] value) {

  /** Field names are compared without regard to case (RFC 5322 §1.2.2). */
  public boolean nameIs(String other) {
    return name.equalsIgnoreCase(other);
  }

  /**
   * True when a line end in the value is not that of a fold, so that other programs may see the
   * field end there and another begin.
   */
  public boolean hasStrayLineEnd() {
    for (int i = 0; i < value.length; i++) {
      byte next = i + 1 < value.length ? value[i + 1] : 0;
      boolean pair = value[i] == '\r' && next == '\n';
      if (Lines.isEnd(value[i]) && !pair && !Lines.isBlank(next)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The value unfolded and trimmed, as UTF-8 with bad bytes replaced: for reading marks, never for
   * signatures.
   */
  public String text() {
    int end = value.length;
    int start = 0;
    while (start < end && value[start] == ' ') {
      start++;
    }
    int fold = start;
    while (fold < end && !Lines.isEnd(value[fold])) {
      fold++;
    }
    if (fold == end) {
      return new String(value, start, end - start, StandardCharsets.UTF_8).strip();
    }
    byte[] one = new byte[end - start];
    int n = 0;
    for (int i = start; i < end; i++) {
      if (!Lines.isEnd(value[i])) {
        one[n++] = value[i];
      }
    }
    return new String(one, 0, n, StandardCharsets.UTF_8).strip();
  }
}
