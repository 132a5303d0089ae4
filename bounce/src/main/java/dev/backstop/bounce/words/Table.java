package dev.backstop.bounce.words;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables beside this class: a row a line, columns separated by blanks, {@code #} comments. */
final class Table {
  private Table() {}

  /**
   * All rows; the last column takes the rest of the line.
   *
   * @throws IllegalStateException for a row with too few columns: our own file is broken
   */
  static List<String[]> read(String name, int columns) {
    try (InputStream in = Table.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no table " + name);
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      var rows = new ArrayList<String[]>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          rows.add(row(line, name, columns));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("unable to read table " + name, e);
    }
  }

  private static int blanks(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  private static int word(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) > ' ') {
      at++;
    }
    return at;
  }

  /** The constant that a table calls {@code lower-case-with-hyphens}. */
  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String[] row(String line, String name, int columns) {
    String[] row = new String[columns];
    int at = 0;
    for (int column = 0; column < columns; column++) {
      at = blanks(line, at);
      int end = column + 1 == columns ? line.length() : word(line, at);
      if (at == end) {
        throw new IllegalStateException(name + ": too few columns: " + line);
      }
      row[column] = line.substring(at, end).stripTrailing();
      at = end;
    }
    return row;
  }
}
