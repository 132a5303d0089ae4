package dev.backstop.auth.spf;

/** Texts of strangers on their way into logs and replies. */
final class Printable {
  private Printable() {}

  /** Visible ASCII and blanks, others as question marks, cut at {@code most} characters. */
  static String text(String text, int most) {
    int length = Math.min(text.length(), most);
    for (int i = 0; i < length; i++) {
      if (!isPrintable(text.charAt(i))) {
        return replaced(text, length);
      }
    }
    return text.substring(0, length);
  }

  private static String replaced(String text, int length) {
    var safe = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      safe.append(isPrintable(text.charAt(i)) ? text.charAt(i) : '?');
    }
    return safe.toString();
  }

  static boolean isPrintable(char c) {
    return c >= ' ' && c <= '~';
  }
}
