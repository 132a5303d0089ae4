package dev.backstop.mail.report;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of the form {@code type; text} (RFC 3464 §2.1.2). */
final class TypedField {
  private static final int MAX_TYPE = 30;

  /** Types that some write twice; a text may begin with any other word and a semicolon. */
  private static final Set<String> TYPES =
      Set.of("rfc822", "rfc/822", "utf-8", "x400", "x.400", "dns", "smtp", "unknown", "local");

  private TypedField() {}

  /**
   * The text after the type. Many reporters leave the type out, so a value without it is taken
   * whole. {@code null} when nothing is left.
   */
  static @Nullable String text(@Nullable String field) {
    if (field == null) {
      return null;
    }
    String text = field.strip();
    int end = typeEnd(text);
    if (end >= 0) {
      text = text.substring(end + 1).strip();
      for (end = typeEnd(text); end >= 0 && isKnown(text, end); end = typeEnd(text)) {
        text = text.substring(end + 1).strip();
      }
    }
    return text.isEmpty() ? null : text;
  }

  private static boolean isKnown(String text, int end) {
    return TYPES.contains(text.substring(0, end).strip().toLowerCase(Locale.ROOT));
  }

  /** Index of the semicolon after a type, else -1: one word that begins with a letter. */
  private static int typeEnd(String text) {
    if (text.isEmpty() || !Character.isLetter(text.charAt(0))) {
      return -1;
    }
    int i = 0;
    while (i < text.length() && i < MAX_TYPE && isTypeChar(text.charAt(i))) {
      i++;
    }
    while (i < text.length() && i < MAX_TYPE && text.charAt(i) <= ' ') {
      i++;
    }
    return i < text.length() && text.charAt(i) == ';' ? i : -1;
  }

  private static boolean isTypeChar(char c) {
    return Character.isLetterOrDigit(c) || "-._/".indexOf(c) >= 0;
  }

  /**
   * The address of a recipient field: brackets, comments and quotes around it dropped, RFC 6533 §3
   * escapes decoded. {@code null} when there is none.
   */
  static @Nullable String address(@Nullable String field) {
    String text = text(field);
    if (text == null) {
      return null;
    }
    String bare = unquoted(text);
    int open = bare.indexOf('<');
    int close = open < 0 ? -1 : bare.indexOf('>', open);
    bare = close > 0 ? bare.substring(open + 1, close) : firstAddressWord(bare);
    String decoded = Unicode.decode(bare).strip();
    return decoded.isEmpty() ? null : decoded;
  }

  /** {@code "user@host"} and {@code 'user@host'}; the quotes of a local part stay. */
  private static String unquoted(String text) {
    char quote = text.charAt(0);
    int close = quote == '"' || quote == '\'' ? text.indexOf(quote, 1) : -1;
    int at = close < 0 || text.startsWith("@", close + 1) ? -1 : text.indexOf('@');
    return at > 0 && at < close ? text.substring(1, close) : text;
  }

  /**
   * Without comments before, behind or right at the address, and without what ends a list or a
   * bracket that nobody opened.
   */
  private static String firstAddressWord(String text) {
    String rest = text.startsWith("(") ? text.substring(text.indexOf(')') + 1).strip() : text;
    int end = 0;
    boolean quoted = false;
    while (end < rest.length() && (quoted || !isWordEnd(rest.charAt(end)))) {
      quoted ^= rest.charAt(end) == '"';
      end++;
    }
    while (end > 0 && ";,>".indexOf(rest.charAt(end - 1)) >= 0) {
      end--;
    }
    return rest.substring(0, end);
  }

  private static boolean isWordEnd(char c) {
    return c <= ' ' || c == '(';
  }

  /**
   * The host of an MTA field (RFC 3464 §2.1.2): the first word, without the address or the words in
   * parentheses that some add, and without the dot of a fully written name.
   */
  static @Nullable String host(@Nullable String field) {
    String word = word(text(field));
    int end = word == null ? 0 : word.length();
    while (word != null && end > 0 && word.charAt(end - 1) == '.') {
      end--;
    }
    return word == null || end == 0 ? null : word.substring(0, end);
  }

  /** The first word, without quotes or brackets around it; {@code null} when there is none. */
  static @Nullable String word(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    int start = "<\"'".indexOf(text.charAt(0)) < 0 ? 0 : 1;
    int end = start;
    while (end < text.length()
        && text.charAt(end) > ' '
        && ";,(<>\"'".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end == start ? null : text.substring(start, end);
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
    return address.replace("+2B", "+").replace("+3D", "=").replace("+3d", "=");
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
        at = close < 0 ? -1 : text.indexOf("\\x{", at + 3);
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
