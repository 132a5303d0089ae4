package dev.backstop.cli.check.print;

/**
 * The answer on one message as it is printed.
 *
 * @param shown false when it was not asked for; then the texts are empty
 * @param text for standard output, with its line ends
 * @param rows of the CSV file
 */
public record Rendered(boolean shown, String text, String rows) {
  /** Counted only. */
  public static final Rendered NOTHING = new Rendered(false, "", "");
}
