package dev.backstop.bounce.form;

import org.jspecify.annotations.Nullable;

/**
 * An address in running text. Shape only: something, an at sign, a domain.
 *
 * @param start index of its first character
 * @param end index after its last
 */
record AddressText(String address, int start, int end) {
  private static final int MAX_LOCAL = 256;
  private static final int MAX_DOMAIN = 255;

  /** The address that begins exactly here. */
  static @Nullable AddressText at(String text, int start) {
    int at = start;
    while (at < text.length() && isLocal(text.charAt(at)) && at - start < MAX_LOCAL) {
      at++;
    }
    return at > start && at < text.length() && text.charAt(at) == '@'
        ? around(text, start, at)
        : null;
  }

  /** The first address at or after {@code from}; linear, as local parts are bounded. */
  static @Nullable AddressText next(String text, int from) {
    for (int sign = text.indexOf('@', from); sign >= 0; sign = text.indexOf('@', sign + 1)) {
      int start = sign;
      while (start > from && isLocal(text.charAt(start - 1)) && sign - start < MAX_LOCAL) {
        start--;
      }
      AddressText found = start < sign ? around(text, start, sign) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable AddressText around(String text, int from, int sign) {
    int start = from;
    int end = sign + 1;
    while (end < text.length() && isDomain(text.charAt(end)) && end - sign <= MAX_DOMAIN) {
      end++;
    }
    while (start < sign && "'`".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > sign + 1 && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == '-')) {
      end--; // the end of a sentence
    }
    return end > sign + 1 ? new AddressText(text.substring(start, end), start, end) : null;
  }

  private static boolean isLocal(char c) {
    return isDomain(c) || "!#$%&'*+/=?^_`{|}~".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_'
        || (c >= 0x80 && Character.isLetterOrDigit(c));
  }
}
