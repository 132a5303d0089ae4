package dev.backstop.server.keys.dkim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables in which OpenDKIM is told what to sign with; opendkim.conf(5) describes them. */
public final class OpenDkimTable {
  private OpenDkimTable() {}

  /** A line of a {@code KeyTable}. */
  public sealed interface Line {
    /** Counted from 1. */
    int number();

    /**
     * A key.
     *
     * @param name by which the {@code SigningTable} calls it
     * @param domain {@code %} for whatever domain a message is from
     * @param key a path when {@link #isPath}, where {@code %} is the domain again; else the key
     */
    record Key(int number, String name, String domain, String selector, String key)
        implements Line {
      public boolean isPath() {
        return key.startsWith("/") || key.startsWith("./") || key.startsWith("../");
      }

      /** Without the key, which may be a secret. */
      @Override
      public String toString() {
        return "Key[" + number + " " + name + " " + domain + " " + selector + "]";
      }
    }

    /** What is no entry: not of the form {@code NAME DOMAIN:SELECTOR:KEY}. */
    record Wrong(int number) implements Line {}
  }

  /** Every line of a {@code KeyTable} that says something. */
  public static List<Line> keyTable(String text) {
    List<Line> lines = new ArrayList<>();
    for (TableText.Row row : TableText.rows(text)) {
      String value = String.join(" ", row.fields().subList(1, row.fields().size()));
      String[] parts = value.split(":", 3);
      lines.add(
          parts.length == 3
              ? new Line.Key(row.number(), row.fields().getFirst(), parts[0], parts[1], parts[2])
              : new Line.Wrong(row.number()));
    }
    return lines;
  }

  /** The names of the keys that a {@code SigningTable} uses. */
  public static Set<String> signingTable(String text) {
    return TableText.rows(text).stream()
        .filter(row -> row.fields().size() > 1)
        .map(row -> row.fields().get(1))
        .collect(Collectors.toUnmodifiableSet());
  }
}
