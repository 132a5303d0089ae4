package dev.backstop.bounce.form;

import org.jspecify.annotations.Nullable;

/** A header inside a text whose lines have {@code > } before them. */
final class Quoted {
  /** The fields for which it is worth looking. */
  private static final String[] PROVING = {"DKIM-Signature:", "Backstop-Token:"};

  private Quoted() {}

  /**
   * The text with one mark less before each line that has one; {@code null} when no field that can
   * prove anything is quoted.
   */
  static @Nullable String header(String text) {
    for (int at = text.indexOf("\n>"); at >= 0; at = text.indexOf("\n>", at + 1)) {
      int start = afterMark(text, at + 1);
      for (String field : PROVING) {
        if (text.regionMatches(true, start, field, 0, field.length())) {
          return withoutMarks(text);
        }
      }
    }
    return null;
  }

  private static String withoutMarks(String text) {
    var lines = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      boolean marked = text.charAt(at) == '>';
      boolean before = at > 1 && !lines.isEmpty() && wasMarked(text, at);
      if (marked && !before) {
        lines.append('\n'); // the quotation begins here, after whatever words
      }
      lines.append(text, marked ? Math.min(afterMark(text, at), next) : at, next);
      at = next;
    }
    return lines.toString();
  }

  private static boolean wasMarked(String text, int lineStart) {
    return text.charAt(text.lastIndexOf('\n', lineStart - 2) + 1) == '>';
  }

  /** Behind {@code >} and one blank. */
  private static int afterMark(String text, int mark) {
    boolean blank = mark + 1 < text.length() && text.charAt(mark + 1) == ' ';
    return mark + (blank ? 2 : 1);
  }
}
