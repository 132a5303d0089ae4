package dev.backstop.it;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A message as it stands in a mailbox.
 *
 * @param text octets as Latin-1 characters, lines end in LF
 */
public record Letter(String text) {

  /** Every field of that name, unfolded. */
  public List<String> fields(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return header()
        .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(start))
        .map(field -> field.substring(start.length()).strip())
        .toList();
  }

  /** The only field of that name. */
  public String field(String name) {
    List<String> all = fields(name);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " fields " + name + " in\n" + text);
    }
    return all.getFirst();
  }

  private Stream<String> header() {
    int end = text.indexOf("\n\n");
    String header = end < 0 ? text : text.substring(0, end);
    return header.replaceAll("\n[ \t]", " ").lines();
  }
}
