package dev.backstop.auth.authres;

/**
 * Text that may stand in a header field of any message: printable ASCII (a message need not be
 * internationalized, RFC 6532), single blanks, nothing else. Doing it twice changes nothing.
 */
final class Printable {
  private Printable() {}

  /** Everything else becomes a question mark, and the rest beyond {@code max} is cut. */
  static String of(String text, int max) {
    var out = new StringBuilder(Math.min(text.length(), max));
    boolean blank = false;
    for (int i = 0; i < text.length() && out.length() < max; i++) {
      char c = text.charAt(i);
      boolean isBlank = c == ' ' || (c >= '\t' && c <= '\r');
      if (!isBlank && blank && !out.isEmpty()) {
        out.append(' ');
      }
      blank = isBlank;
      if (!isBlank && out.length() < max) {
        out.append(c > ' ' && c < 0x7f ? c : '?');
      }
    }
    return out.toString().strip();
  }
}
