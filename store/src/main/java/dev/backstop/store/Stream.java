package dev.backstop.store;

import java.time.Instant;
import java.util.Locale;

/**
 * Mail in the name of a domain of ours, from one source.
 *
 * @param domain ours, lower case
 * @param kind what shows it, one word
 * @param source where it comes from: a network, a name
 * @param first when it was seen first, to the second
 * @param last when it was seen last, to the second
 * @param messages how often it was seen
 * @param example what was seen last
 */
public record Stream(
    String domain,
    String kind,
    String source,
    Instant first,
    Instant last,
    long messages,
    String example) {
  private static final int MOST_TEXT = 512;

  /**
   * Some messages of such a stream. Texts may come from outside and are cut to {@value #MOST_TEXT}
   * characters; for the rest see {@link Stream}.
   */
  public record Sighting(
      String domain, String kind, String source, String example, long messages, Instant at) {
    public Sighting {
      domain = cut(domain.toLowerCase(Locale.ROOT));
      kind = cut(kind);
      source = cut(source);
      example = cut(example);
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
  }
}
