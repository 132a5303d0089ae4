package dev.backstop.mail.header;

/** Comments in structured header fields (RFC 5322 §3.2.2): nested, with quoted pairs. */
final class Comments {
  private Comments() {}

  /**
   * Index after the comment that opens at {@code open}; the end of the text when none closes it.
   */
  static int end(String text, int open) {
    int nesting = 0;
    for (int i = open; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '(' -> nesting++;
        case ')' -> {
          if (--nesting == 0) {
            return i + 1;
          }
        }
        default -> {}
      }
    }
    return text.length();
  }

  /** The text with each comment replaced by one space, quoted strings kept. */
  static String strip(String text) {
    if (text.indexOf('(') < 0) {
      return text;
    }
    var kept = new StringBuilder(text.length());
    boolean quoted = false;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (c == '(' && !quoted) {
        i = end(text, i);
        kept.append(' ');
        continue;
      }
      quoted ^= c == '"';
      kept.append(c);
      i++;
    }
    return kept.toString();
  }
}
