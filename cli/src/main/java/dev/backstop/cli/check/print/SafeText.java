package dev.backstop.cli.check.print;

/** Text of strangers made fit for a terminal. */
public final class SafeText {
  private SafeText() {}

  /** A terminal obeys control characters, and some format characters reorder what is seen. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(SafeText::isUnsafe)) {
      return text;
    }
    var clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(isUnsafe(c) ? '\uFFFD' : c));
    return clean.toString();
  }

  private static boolean isUnsafe(int c) {
    if (c >= ' ' && c < 0x7F) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** For terminals that show no more than ASCII: our own signs have a stand-in there. */
  static String ascii(String text) {
    var ascii = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '“', '”', '„' -> ascii.append('"');
            case '‘', '’' -> ascii.append('\'');
            case '–', '—' -> ascii.append('-');
            case '…' -> ascii.append("...");
            case '§' -> ascii.append("section ");
            default -> ascii.append(c < 0x7F ? (char) c : '?');
          }
        });
    return ascii.toString();
  }
}
