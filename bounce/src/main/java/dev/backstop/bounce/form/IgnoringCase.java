package dev.backstop.bounce.form;

/** Searching without regard to case; the JDK compares so, but does not search. */
final class IgnoringCase {
  private IgnoringCase() {}

  /** Index of the first occurrence of an ASCII word, or -1. */
  static int indexOf(String text, String word) {
    for (int i = 0; i + word.length() <= text.length(); i++) {
      if (text.regionMatches(true, i, word, 0, word.length())) {
        return i;
      }
    }
    return -1;
  }
}
