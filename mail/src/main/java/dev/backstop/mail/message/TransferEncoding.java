package dev.backstop.mail.message;

import dev.backstop.mail.header.LenientBase64;
import java.util.Arrays;

/**
 * How the octets of a part are written (RFC 2045 §6). Decoders skip what does not belong there and
 * never fail; they stop at a bound.
 */
enum TransferEncoding {
  /** 7bit, 8bit, binary, and whatever we do not know. */
  IDENTITY,
  BASE64,
  QUOTED_PRINTABLE;

  /** Octets that are looked at to tell base64 from a text that only claims to be base64. */
  private static final int SAMPLE = 400;

  /** Any case; quotes, comments and stray punctuation around the word do not matter. */
  static TransferEncoding of(String field) {
    int start = 0;
    while (start < field.length() && !Character.isLetter(field.charAt(start))) {
      start++;
    }
    if (field.regionMatches(true, start, "base64", 0, 6)) {
      return BASE64;
    }
    return field.regionMatches(true, start, "quoted-printable", 0, 16)
        ? QUOTED_PRINTABLE
        : IDENTITY;
  }

  /** True when {@link #decode} has something to do for that range. */
  boolean changes(byte[] bytes, int start, int end) {
    return this == QUOTED_PRINTABLE || (this == BASE64 && isBase64(bytes, start, end));
  }

  /** At most {@code bound} octets of content. */
  byte[] decode(byte[] bytes, int start, int end, int bound) {
    return switch (this) {
      case IDENTITY -> Arrays.copyOfRange(bytes, start, Math.min(end, start + bound));
      case BASE64 -> LenientBase64.decode(bytes, start, end, bound);
      case QUOTED_PRINTABLE -> quotedPrintable(bytes, start, end, bound);
    };
  }

  /** A text has blanks and punctuation in every line, broken base64 has them here and there. */
  private static boolean isBase64(byte[] bytes, int start, int end) {
    int stop = Math.min(end, start + SAMPLE);
    int foreign = 0;
    for (int i = start; i < stop; i++) {
      boolean known =
          LenientBase64.sixtet(bytes[i]) >= 0 || bytes[i] == '=' || Lines.isEnd(bytes[i]);
      foreign += known ? 0 : 1;
    }
    return foreign <= 2 + (stop - start) / 10;
  }

  /** RFC 2045 §6.7. Blanks at the end of a line were added on the way; bad escapes stay. */
  private static byte[] quotedPrintable(byte[] bytes, int start, int end, int bound) {
    byte[] decoded = new byte[Math.min(bound, end - start)];
    int length = 0;
    int solid = 0; // length without blanks that may turn out to be at the end of the line
    int i = start;
    while (i < end && length < decoded.length) {
      byte b = bytes[i];
      if (b > ' ' && b != '=') {
        decoded[length++] = b;
        solid = length;
        i++;
        continue;
      }
      int softBreak = b == '=' ? softBreak(bytes, i + 1, end) : -1;
      if (softBreak >= 0) {
        i = softBreak;
        solid = length;
        continue;
      }
      int octet = b == '=' ? escaped(bytes, i + 1, end) : -1;
      length = Lines.isEnd(b) ? solid : length;
      decoded[length++] = octet < 0 ? b : (byte) octet;
      solid = octet < 0 && Lines.isBlank(b) ? solid : length;
      i += octet < 0 ? 1 : 3;
    }
    return Arrays.copyOf(decoded, i == end ? solid : length);
  }

  /** Index after a soft line break whose equals sign was right before {@code at}, else -1. */
  private static int softBreak(byte[] bytes, int at, int end) {
    int i = at;
    while (i < end && Lines.isBlank(bytes[i])) {
      i++;
    }
    return i == end || Lines.isEnd(bytes[i]) ? Lines.afterEnd(bytes, i, end) : -1;
  }

  private static int escaped(byte[] bytes, int at, int end) {
    if (at + 1 >= end) {
      return -1;
    }
    int high = Character.digit(bytes[at], 16);
    int low = Character.digit(bytes[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
