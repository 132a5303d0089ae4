package dev.backstop.auth.authres;

/** How texts are written in the field (RFC 8601 §2.2, RFC 5322 §3.2, RFC 2045 §5.1). */
final class Syntax {
  private static final String TSPECIALS = "()<>@,;:\\\"/[]?="; // RFC 2045 §5.1
  private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~"; // RFC 5322 §3.2.3
  private static final int COLUMNS = 76;

  private Syntax() {}

  static boolean isKeywordCharacter(int c) {
    return isLetterOrDigit(c)
        || c == '-'
        || c == '_'; // the underscore is not of the RFC but in use
  }

  /** Of a token (RFC 2045 §5.1); beyond ASCII letters only, in identifiers (RFC 8601 §2.5). */
  static boolean isTokenCharacter(char c) {
    return c < 0x80 ? c > ' ' && c < 0x7f && TSPECIALS.indexOf(c) < 0 : isForeignLetter(c);
  }

  /** Not the blanks, marks and invisible characters that programs leave out or cut at. */
  static boolean isForeignLetter(char c) {
    return c >= 0x80 && (Character.isLetterOrDigit(c) || Character.isSurrogate(c));
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isTokenCharacter((char) c));
  }

  /** A {@code value}: a token, else quoted. */
  static void appendValue(StringBuilder out, String text) {
    if (isToken(text)) {
      out.append(text);
    } else {
      appendEscaped(out.append('"'), text, "\"\\").append('"');
    }
  }

  /** A {@code pvalue}: an address stands bare (RFC 8601 §2.2), all else as a {@code value}. */
  static void appendPropertyValue(StringBuilder out, String text) {
    int at = text.lastIndexOf('@');
    if (at >= 0 && isDotAtom(text.substring(0, at)) && isDomain(text.substring(at + 1))) {
      out.append(text);
    } else {
      appendValue(out, text);
    }
  }

  static void appendComment(StringBuilder out, String text) {
    appendEscaped(out.append('('), text, "()\\").append(')');
  }

  private static StringBuilder appendEscaped(StringBuilder out, String text, String specials) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(specials.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return out;
  }

  private static boolean isDotAtom(String text) {
    return text.chars().allMatch(c -> isLetterOrDigit(c) || c == '.' || ATEXT.indexOf(c) >= 0);
  }

  private static boolean isDomain(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isKeywordCharacter(c) || c == '.');
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * Folds at blanks so that no line is longer than {@value #COLUMNS} columns, where there is a
   * blank (RFC 5322 §2.1.1, §2.2.3).
   *
   * @param text single blanks only
   * @param used columns taken on the first line
   */
  static String fold(String text, int used) {
    var out = new StringBuilder(text.length() + 32);
    int column = used;
    int start = 0;
    while (start < text.length()) {
      int blank = text.indexOf(' ', start);
      int end = blank < 0 ? text.length() : blank;
      boolean first = start == 0;
      if (!first && column + 1 + end - start > COLUMNS) {
        out.append("\r\n");
        column = 0;
      }
      out.append(first ? "" : " ").append(text, start, end);
      column += end - start + (first ? 0 : 1);
      start = end + 1;
    }
    return out.toString();
  }
}
