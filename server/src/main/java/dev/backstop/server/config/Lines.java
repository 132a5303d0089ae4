package dev.backstop.server.config;

import java.util.HashMap;
import java.util.Map;

/**
 * On which line of a TOML file a key stands. The TOML parser does not tell, so this reads just
 * enough of the text: table headers, keys, and where strings of several lines begin and end. A key
 * that it does not find has line 0.
 */
final class Lines {
  private final Map<String, Integer> lines = new HashMap<>();

  Lines(String toml) {
    String table = "";
    boolean inString = false;
    int number = 0;
    for (String line : toml.split("\n", -1)) {
      number++;
      String text = line.strip();
      if (!inString && text.startsWith("[")) {
        table = KeyPath.normal(text.replace("[[", "[").substring(1), ']') + ".";
        lines.putIfAbsent(table.substring(0, table.length() - 1), number);
      } else if (!inString && text.indexOf('=') > 0 && !text.startsWith("#")) {
        String key = (table.equals(".") ? "" : table) + KeyPath.normal(text, '=');
        lines.putIfAbsent(key, number);
      }
      inString ^= delimiters(text) % 2 == 1;
    }
  }

  /** Of the key or table, or of the first key in that table. */
  int of(String key) {
    String path = key.endsWith("]") ? key.substring(0, key.lastIndexOf('[')) : key;
    return lines.entrySet().stream()
        .filter(line -> line.getKey().equals(path) || line.getKey().startsWith(path + "."))
        .mapToInt(Map.Entry::getValue)
        .min()
        .orElse(0);
  }

  private static int delimiters(String line) {
    return count(line, "\"\"\"") + count(line, "'''");
  }

  private static int count(String line, String part) {
    int count = 0;
    for (int at = line.indexOf(part); at >= 0; at = line.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }
}
