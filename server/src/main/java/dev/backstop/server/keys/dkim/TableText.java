package dev.backstop.server.keys.dkim;

import java.util.ArrayList;
import java.util.List;

/**
 * Tables of other programs, one row a line: fields between blanks, {@code #} begins a comment. So
 * are the {@code KeyTable} and {@code SigningTable} of OpenDKIM and the maps of Rspamd.
 */
public final class TableText {
  /** Octets of a table; a hundred thousand rows fit. */
  public static final int MAX_OCTETS = 1 << 24;

  private TableText() {}

  /**
   * A line with something in it.
   *
   * @param number counted from 1
   * @param fields at least one
   */
  public record Row(int number, List<String> fields) {}

  /** The rows of a table, without comments and empty lines. */
  public static List<Row> rows(String text) {
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      int comment = line.indexOf('#');
      String content = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!content.isEmpty()) {
        rows.add(new Row(number, fields(content)));
      }
    }
    return rows;
  }

  private static List<String> fields(String content) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= content.length(); i++) {
      if (i == content.length() || Character.isWhitespace(content.charAt(i))) {
        if (i > start) {
          fields.add(content.substring(start, i));
        }
        start = i + 1;
      }
    }
    return List.copyOf(fields);
  }
}
