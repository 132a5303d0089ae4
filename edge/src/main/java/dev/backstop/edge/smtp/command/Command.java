package dev.backstop.edge.smtp.command;

import java.util.Locale;
import java.util.Set;

/**
 * One command line, taken apart at its first space.
 *
 * @param verb in upper case; empty for a line that begins with no letter
 * @param argument what follows, without blanks at its ends
 */
public record Command(String verb, String argument) {
  /** What clients of other protocols say first. */
  private static final Set<String> FOREIGN =
      Set.of(
          "GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS", "DELETE", "PATCH", "TRACE", "PRI",
          "HOST:");

  private static final int LONGEST_VERB = 12;

  /**
   * Reads a line.
   *
   * @param line without its end, not empty
   */
  public static Command of(String line) {
    int space = line.indexOf(' ');
    String first = space < 0 ? line : line.substring(0, space);
    String rest = space < 0 ? "" : line.substring(space + 1).strip();
    boolean verb = !first.isEmpty() && first.length() <= LONGEST_VERB && isLetter(first.charAt(0));
    return new Command(verb ? first.toUpperCase(Locale.ROOT) : "", rest);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /**
   * Whether no mail client ever says this: a browser that a page sends here, a TLS client, a client
   * of another protocol. The best answer is to hang up, for more would follow.
   */
  public boolean isForeign() {
    return verb.isEmpty() || verb.endsWith(":") || FOREIGN.contains(verb);
  }
}
