package dev.backstop.auth.spf;

/** What stands between the blanks of a record (RFC 7208 §4.6.1). */
public sealed interface Term {

  /** As it is written in the record. */
  String text();

  /** A mechanism and what it results in. */
  record Directive(Qualifier qualifier, Mechanism mechanism, String text) implements Term {}

  /** Additional information (RFC 7208 §6). */
  sealed interface Modifier extends Term {}

  /** Go on with the record of another domain when nothing matches (RFC 7208 §6.1). */
  record Redirect(MacroString domain, String text) implements Modifier {}

  /** Where the explanation of a {@code fail} stands (RFC 7208 §6.2). */
  record Explanation(MacroString domain, String text) implements Modifier {}

  /**
   * A modifier that nobody knows, to be ignored (RFC 7208 §6).
   *
   * @param name lower case
   */
  record UnknownModifier(String name, MacroString value, String text) implements Modifier {}

  /**
   * A syntax error. One makes the whole record useless (RFC 7208 §4.6).
   *
   * @param text any characters
   * @param position where in {@code text} it stopped making sense, from 0 to its length
   * @param reason in plain words, ASCII
   */
  record Malformed(String text, int position, String reason) implements Term {}
}
