package dev.backstop.auth.spf;

import java.util.List;
import java.util.Optional;

/**
 * Text with macros (RFC 7208 §7.1). Immutable.
 *
 * @param parts literals are never empty and never stand beside each other; at most {@value
 *     #MAX_PARTS}
 */
public record MacroString(List<Part> parts) {
  /** More is a syntax error: no name that can be asked for needs them. */
  public static final int MAX_PARTS = 500;

  public MacroString {
    parts = List.copyOf(parts);
  }

  /** A piece of the text. */
  public sealed interface Part {
    /** As it is written in a record. */
    String render();
  }

  /** Visible ASCII without {@code %}; in explanations blanks too. */
  public record Literal(String text) implements Part {
    @Override
    public String render() {
      return text;
    }
  }

  /** What cannot be written as itself. */
  public enum Escape implements Part {
    PERCENT('%', "%"),
    BLANK('_', " "),
    URL_BLANK('-', "%20");

    private final char mark;
    private final String value;

    Escape(char mark, String value) {
      this.mark = mark;
      this.value = value;
    }

    /** What it stands for. */
    public String value() {
      return value;
    }

    char mark() {
      return mark;
    }

    @Override
    public String render() {
      return "%" + mark;
    }
  }

  /**
   * A macro and how its value is transformed (RFC 7208 §7.3).
   *
   * @param urlEscaped written with an upper-case letter
   * @param rightmost parts that are kept, 1 to {@value #MAX_RIGHTMOST}; 0 for all
   * @param reversed whether the parts are turned round first
   * @param delimiters that end a part; none means the dot
   */
  public record Macro(
      MacroLetter letter, boolean urlEscaped, int rightmost, boolean reversed, String delimiters)
      implements Part {
    /** Larger numbers mean this: no value has so many parts. */
    public static final int MAX_RIGHTMOST = 9_999;

    @Override
    public String render() {
      char written = letter.letter();
      return "%{"
          + (urlEscaped ? Character.toUpperCase(written) : written)
          + (rightmost > 0 ? rightmost : "")
          + (reversed ? "r" : "")
          + delimiters
          + "}";
    }

    /** Whether the value is used as it is. */
    boolean isPlain() {
      return rightmost == 0 && !reversed && delimiters.isEmpty();
    }
  }

  /**
   * Reads the text of an explanation (RFC 7208 §6.2), one character for each octet.
   *
   * @return empty when there is a syntax error, or anything but ASCII
   */
  public static Optional<MacroString> parseExplanation(String text) {
    try {
      return Optional.of(MacroParser.parse(text, 0, text.length(), true));
    } catch (SyntaxException _) {
      return Optional.empty();
    }
  }

  /** Whether this macro stands in it. */
  boolean uses(MacroLetter letter) {
    for (Part part : parts) {
      if (part instanceof Macro macro && macro.letter() == letter) {
        return true;
      }
    }
    return false;
  }

  /** As it is written in a record. */
  public String render() {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append(part.render());
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return render();
  }
}
