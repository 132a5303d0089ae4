package dev.backstop.auth.spf;

import java.util.List;
import java.util.Optional;

/**
 * An SPF record taken apart, right or wrong: each term that cannot be read stands there as {@link
 * Term.Malformed}. Immutable.
 *
 * @param terms in the order of the record
 */
public record SpfRecord(List<Term> terms) {
  /** Longest record that is read, in octets: no TXT record is longer. */
  public static final int MAX_LENGTH = 65_535;

  /** Terms of one record that are read. */
  public static final int MAX_TERMS = 4_096;

  public SpfRecord {
    terms = List.copyOf(terms);
  }

  /**
   * Reads a TXT record, one character for each octet.
   *
   * @return empty when it is no SPF record at all, such as a site's verification
   */
  public static Optional<SpfRecord> parse(String text) {
    return isSpf(text) ? Optional.of(SpfParser.parse(text)) : Optional.empty();
  }

  /** Whether a TXT record begins with exactly the version (RFC 7208 §4.5), in any case. */
  public static boolean isSpf(String text) {
    int length = SpfParser.VERSION.length();
    return text.regionMatches(true, 0, SpfParser.VERSION, 0, length)
        && (text.length() == length || text.charAt(length) == ' ');
  }

  /** The first syntax error. */
  public Optional<Term.Malformed> error() {
    for (Term term : terms) {
      if (term instanceof Term.Malformed malformed) {
        return Optional.of(malformed);
      }
    }
    return Optional.empty();
  }

  /** The mechanisms with their qualifiers, in order. */
  public List<Term.Directive> directives() {
    return all(Term.Directive.class);
  }

  /** The modifiers, in order. */
  public List<Term.Modifier> modifiers() {
    return all(Term.Modifier.class);
  }

  private <T extends Term> List<T> all(Class<T> type) {
    return terms.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** There is one at most: a second one is a syntax error. */
  public Optional<Term.Redirect> redirect() {
    return first(Term.Redirect.class);
  }

  /** There is one at most: a second one is a syntax error. */
  public Optional<Term.Explanation> explanation() {
    return first(Term.Explanation.class);
  }

  private <T extends Term> Optional<T> first(Class<T> type) {
    for (Term term : terms) {
      if (type.isInstance(term)) {
        return Optional.of(type.cast(term));
      }
    }
    return Optional.empty();
  }

  /** As a TXT record, with single blanks. */
  public String render() {
    var text = new StringBuilder(SpfParser.VERSION);
    for (Term term : terms) {
      text.append(' ').append(term.text());
    }
    return text.toString();
  }
}
