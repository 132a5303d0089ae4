package dev.backstop.store.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A query with named places, {@code select 1 from users where mail = :address}. Values never become
 * part of the text: each place is a parameter of a prepared statement.
 *
 * @param sql with a question mark for each place
 * @param names of the places, in their order; a name may stand more than once
 */
public record NamedQuery(String sql, List<String> names) {
  private static final int MOST_NAMES = 32;

  public NamedQuery {
    names = List.copyOf(names);
  }

  /**
   * Reads a query. What looks like a place inside of quotes or comments is none, nor is a cast of
   * PostgreSQL ({@code ::text}).
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  public static NamedQuery parse(String text) {
    String first = text.strip().toLowerCase(Locale.ROOT);
    if (!first.startsWith("select") && !first.startsWith("with")) {
      throw new IllegalArgumentException("must begin with select or with: it only reads");
    }
    return new Parser(text).parse();
  }

  /** One pass over the text. */
  private static final class Parser {
    private final String text;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> names = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    NamedQuery parse() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
          copyThrough(String.valueOf(c), 1, "a quote is not closed");
        } else if (text.startsWith("/*", at)) {
          copyThrough("*/", 2, "a comment is not closed");
        } else if (text.startsWith("--", at) || c == ';' || c == '?') {
          throw new IllegalArgumentException(
              "must have no \"" + (c == '-' ? "--" : c) + "\": one query, its places by names");
        } else if (text.startsWith("::", at)) {
          copy(2);
        } else if (c == ':' && at + 1 < text.length() && isLetter(text.charAt(at + 1))) {
          place();
        } else {
          copy(1);
        }
      }
      return new NamedQuery(sql.toString(), names);
    }

    private void place() {
      int end = at + 1;
      while (end < text.length() && isLetter(text.charAt(end))) {
        end++;
      }
      names.add(text.substring(at + 1, end));
      if (names.size() > MOST_NAMES) {
        throw new IllegalArgumentException("has more than " + MOST_NAMES + " places");
      }
      sql.append('?');
      at = end;
    }

    /** A doubled quote ends one string and begins the next: the same to us. */
    private void copyThrough(String end, int skip, String otherwise) {
      int found = text.indexOf(end, at + skip);
      if (found < 0) {
        throw new IllegalArgumentException(otherwise);
      }
      copy(found + end.length() - at);
    }

    private void copy(int length) {
      sql.append(text, at, at + length);
      at += length;
    }

    private static boolean isLetter(char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
  }
}
