package dev.backstop.auth.spf;

import java.util.ArrayList;
import java.util.List;

/** The grammar of a record (RFC 7208 §4.5, §4.6.1): a version and terms between blanks. */
final class SpfParser {
  static final String VERSION = "v=spf1";

  /** Characters of an over-long record that its error shows. */
  private static final int SHOWN = 80;

  private final List<Term> terms = new ArrayList<>();
  private boolean redirects;
  private boolean explains;

  private SpfParser() {}

  /**
   * Reads the whole record, whatever is wrong in it.
   *
   * @param text begins with the version
   */
  static SpfRecord parse(String text) {
    if (text.length() > SpfRecord.MAX_LENGTH) {
      String shown = text.substring(VERSION.length(), SHOWN).strip();
      return new SpfRecord(List.of(new Term.Malformed(shown, 0, "the record is too long")));
    }
    var parser = new SpfParser();
    parser.terms(text);
    return new SpfRecord(parser.terms);
  }

  private void terms(String text) {
    int at = VERSION.length();
    while (at < text.length()) {
      if (text.charAt(at) == ' ') {
        at++;
        continue;
      }
      int blank = text.indexOf(' ', at); // blanks alone separate, no tab or line end (§4.6.1)
      int end = blank < 0 ? text.length() : blank;
      if (terms.size() == SpfRecord.MAX_TERMS) {
        terms.add(new Term.Malformed(text.substring(at, end), 0, "too many terms"));
        return;
      }
      terms.add(once(TermParser.parse(text.substring(at, end))));
      at = end;
    }
  }

  /** Two of a kind are an error (RFC 7208 §6). */
  private Term once(Term term) {
    if (term instanceof Term.Redirect) {
      if (redirects) {
        return new Term.Malformed(term.text(), 0, "a second redirect");
      }
      redirects = true;
    } else if (term instanceof Term.Explanation) {
      if (explains) {
        return new Term.Malformed(term.text(), 0, "a second exp");
      }
      explains = true;
    }
    return term;
  }
}
