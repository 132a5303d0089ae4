package dev.backstop.bounce.form;

/**
 * Text made comparable: lower case, runs of blanks and line ends as one blank. Quoted lines ({@code
 * >}) are left out, because people quote bounces when they talk of them.
 */
final class Folded {
  private Folded() {}

  /** A header value or one line. */
  static String line(String text) {
    var folded = new StringBuilder(text.length());
    append(text, 0, text.length(), folded);
    return folded.toString();
  }

  /**
   * The beginning of a text.
   *
   * @param bound characters of the result at most
   */
  static CharSequence text(String text, int bound) {
    var folded = new StringBuilder(Math.min(text.length(), bound) + 16);
    int at = 0;
    while (at < text.length() && folded.length() < bound) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      if (!isQuoted(text, at, end)) {
        append(text, at, Math.min(end, at + bound - folded.length()), folded);
        blank(folded);
      }
      at = end + 1;
    }
    return folded;
  }

  /** {@code >>>} begins a line of an SMTP dialogue in bounces of Sendmail. */
  private static boolean isQuoted(String text, int from, int to) {
    int at = from;
    while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at < to && text.charAt(at) == '>' && !text.startsWith(">>>", at);
  }

  private static void append(String text, int from, int to, StringBuilder folded) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0xA0 || c == 0x3000) {
        blank(folded);
      } else {
        folded.append(lower(c));
      }
    }
  }

  private static void blank(StringBuilder folded) {
    int length = folded.length();
    if (length > 0 && folded.charAt(length - 1) != ' ') {
      folded.append(' ');
    }
  }

  private static char lower(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return c == 0x2019 ? '\'' : Character.toLowerCase(c); // typographic apostrophe
  }
}
