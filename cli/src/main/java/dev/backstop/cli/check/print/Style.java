package dev.backstop.cli.check.print;

/**
 * How blocks look.
 *
 * @param colours whether escape sequences for colours are wanted
 * @param width columns of the terminal; 0 when lines may have any length
 * @param ascii whether nothing but ASCII can be shown
 */
public record Style(boolean colours, int width, boolean ascii) {
  /** For files and pipes. */
  public static final Style PLAIN = new Style(false, 0, false);

  /** Colours of a terminal (ECMA-48 SGR). */
  public enum Colour {
    NONE(""),
    BOLD("1"),
    DIM("2"),
    GREEN("32"),
    YELLOW("33"),
    RED("31");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  /** The text in that colour, where colours are wanted. */
  public String paint(Colour colour, String text) {
    return colours && colour != Colour.NONE && !text.isEmpty()
        ? "\033[" + colour.code + "m" + text + "\033[0m"
        : text;
  }

  /** The text as that terminal can show it, without anything it would obey. */
  public String shown(String text) {
    String safe = SafeText.of(text);
    return ascii ? SafeText.ascii(safe) : safe;
  }
}
