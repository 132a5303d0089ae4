package dev.backstop.auth.doctor.spf;

/** Finds where the terms of a record begin, one after the other, as they are parted by blanks. */
final class TermPosition {
  private final String text;
  private int at;

  TermPosition(String text) {
    this.text = text;
    this.at = wordEnd(0);
  }

  /** Index in the record of the next term; the length of the record when there is none. */
  int next() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int start = at;
    at = wordEnd(start);
    return start;
  }

  private int wordEnd(int from) {
    int blank = text.indexOf(' ', from);
    return blank < 0 ? text.length() : blank;
  }
}
