package dev.backstop.mail.report;

import org.jspecify.annotations.Nullable;

/** Values of the form {@code type; text} (RFC 3464 §2.1.2). */
final class TypedField {
  private TypedField() {}

  /**
   * The text after the type. Many reporters leave the type out, so a value without it is taken
   * whole. {@code null} when nothing is left.
   */
  static @Nullable String text(@Nullable String field) {
    if (field == null) {
      return null;
    }
    int semicolon = field.indexOf(';');
    boolean typed = semicolon >= 0 && isType(field, semicolon);
    String text = (typed ? field.substring(semicolon + 1) : field).strip();
    return text.isEmpty() ? null : text;
  }

  private static boolean isType(String field, int end) {
    for (int i = 0; i < end; i++) {
      char c = field.charAt(i);
      if (!Character.isLetterOrDigit(c) && "-._ ".indexOf(c) < 0) {
        return false;
      }
    }
    return end <= 30;
  }

  /**
   * The address of a recipient field: brackets and a trailing comment dropped, RFC 6533 §3 escapes
   * decoded. {@code null} when there is none.
   */
  static @Nullable String address(@Nullable String field) {
    String text = text(field);
    if (text == null) {
      return null;
    }
    int open = text.indexOf('<');
    int close = open < 0 ? -1 : text.indexOf('>', open);
    String bare = close > 0 ? text.substring(open + 1, close) : text;
    int blank = bare.indexOf(' ');
    if (blank > 0 && bare.charAt(0) != '"') {
      bare = bare.substring(0, blank);
    }
    String decoded = Unicode.decode(bare).strip();
    return decoded.isEmpty() ? null : decoded;
  }

  /**
   * RFC 3461 §4.2: xtext must hide exactly {@code +} and {@code =} of what may stand in an address.
   * Other sequences are left alone, since RFC 3464 §2.3.1 wants the field already decoded and
   * {@code user+41@} is somebody's address.
   */
  static @Nullable String withoutXtext(@Nullable String address) {
    if (address == null || address.indexOf('+') < 0) {
      return address;
    }
    return address.replace("+2B", "+").replace("+3D", "=");
  }

  /** {@code utf-8-addr-xtext}, {@code \x{E9}} (RFC 6533 §3). */
  private static final class Unicode {
    static String decode(String text) {
      int at = text.indexOf("\\x{");
      if (at < 0) {
        return text;
      }
      var decoded = new StringBuilder();
      int from = 0;
      while (at >= 0) {
        int close = text.indexOf('}', at);
        int codePoint = close < 0 || close - at > 9 ? -1 : parse(text.substring(at + 3, close));
        if (codePoint >= 0) {
          decoded.append(text, from, at).appendCodePoint(codePoint);
          from = close + 1;
        }
        at = text.indexOf("\\x{", at + 3);
      }
      return decoded.append(text.substring(from)).toString();
    }

    private static int parse(String hex) {
      int value = 0;
      for (int i = 0; i < hex.length(); i++) {
        int digit = Character.digit(hex.charAt(i), 16);
        if (digit < 0) {
          return -1;
        }
        value = value << 4 | digit;
      }
      boolean printable = value > ' ' && Character.isValidCodePoint(value) && value != 0x7f;
      return printable && !Character.isISOControl(value) ? value : -1;
    }
  }
}
