package dev.backstop.edge;

/** Checks the header fields that we add ourselves: none may become two. */
public final class FieldText {
  private FieldText() {}

  /**
   * Gives the name back.
   *
   * @throws IllegalArgumentException for what is no field name (RFC 5322 §3.6.8)
   */
  public static String checkName(String name) {
    boolean good = !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
    if (!good) {
      throw new IllegalArgumentException("no header field name");
    }
    return name;
  }

  /**
   * Gives the value back; its folds are CRLF or LF, and a blank.
   *
   * @throws IllegalArgumentException if it would not stay one header field, or is not ASCII
   */
  public static String checkValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean good =
          switch (c) {
            case '\r' -> i + 1 < value.length() && value.charAt(i + 1) == '\n';
            case '\n' -> i + 1 < value.length() && " \t".indexOf(value.charAt(i + 1)) >= 0;
            default -> c == '\t' || (c >= ' ' && c < 0x7f);
          };
      if (!good) {
        throw new IllegalArgumentException("header value with a character that it may not have");
      }
    }
    return value;
  }
}
