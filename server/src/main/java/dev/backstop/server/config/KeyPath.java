package dev.backstop.server.config;

/** Names of keys with their tables, as people write them: {@code domain."example.com".mode}. */
final class KeyPath {
  private KeyPath() {}

  /** The path of a key in a table; the top of the file is the empty path. */
  static String join(String table, String key) {
    return table.isEmpty() ? quoted(key) : table + "." + quoted(key);
  }

  /** The path at the start of a line, up to an end sign that stands outside of quotes. */
  static String normal(String line, char end) {
    StringBuilder path = new StringBuilder();
    StringBuilder part = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote == 0 && (c == end || c == '.')) {
        path.append(path.isEmpty() ? "" : ".").append(quoted(part.toString()));
        part.setLength(0);
        if (c == end) {
          return path.toString();
        }
      } else if (quote != 0 || !Character.isWhitespace(c)) {
        part.append(c);
      }
    }
    return path.toString();
  }

  private static String quoted(String key) {
    return isBare(key) ? key : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isBare(String key) {
    return !key.isEmpty()
        && key.chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_".indexOf(c) >= 0));
  }
}
