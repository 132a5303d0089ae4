package dev.backstop.auth.spf;

import java.util.ArrayList;
import java.util.List;

/** The grammar of {@code macro-string} and {@code explain-string} (RFC 7208 §7.1), in one pass. */
final class MacroParser {
  private static final String DELIMITERS = ".-+,/_=";

  private final String text;
  private final int end;
  private final boolean explanation;
  private int at;

  private MacroParser(String text, int start, int end, boolean explanation) {
    this.text = text;
    this.at = start;
    this.end = end;
    this.explanation = explanation;
  }

  /**
   * Reads a part of a text.
   *
   * @param explanation whether blanks and the macros of explanations may stand in it
   */
  static MacroString parse(String text, int start, int end, boolean explanation)
      throws SyntaxException {
    return new MacroParser(text, start, end, explanation).macroString();
  }

  private MacroString macroString() throws SyntaxException {
    List<MacroString.Part> parts = new ArrayList<>(3);
    while (at < end) {
      if (parts.size() == MacroString.MAX_PARTS) {
        throw new SyntaxException(at, "too many macros");
      }
      parts.add(text.charAt(at) == '%' ? expansion() : literal());
    }
    return new MacroString(parts);
  }

  private MacroString.Part literal() throws SyntaxException {
    int start = at;
    while (at < end && text.charAt(at) != '%') {
      char c = text.charAt(at);
      if (c > '~' || c < (explanation ? ' ' : '!')) {
        throw new SyntaxException(at, "a character that is not visible ASCII");
      }
      at++;
    }
    return new MacroString.Literal(text.substring(start, at));
  }

  private MacroString.Part expansion() throws SyntaxException {
    char mark = peek(1);
    for (MacroString.Escape escape : MacroString.Escape.values()) {
      if (escape.mark() == mark) {
        at += 2;
        return escape;
      }
    }
    if (mark != '{') {
      throw new SyntaxException(at, "a % that begins no macro"); // §7.1: a syntax error
    }
    at += 2;
    return macro();
  }

  private MacroString.Part macro() throws SyntaxException {
    boolean upper = peek(0) >= 'A' && peek(0) <= 'Z';
    MacroLetter letter = letter();
    int rightmost = rightmost();
    boolean reversed = peek(0) == 'r' || peek(0) == 'R';
    at += reversed ? 1 : 0;
    int start = at;
    while (at < end && DELIMITERS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (peek(0) != '}') {
      throw new SyntaxException(at, "the macro should end here with }");
    }
    String delimiters = text.substring(start, at++);
    return new MacroString.Macro(letter, upper, rightmost, reversed, delimiters);
  }

  private MacroLetter letter() throws SyntaxException {
    MacroLetter letter = MacroLetter.of(peek(0));
    if (letter == null) {
      throw new SyntaxException(at, "no macro has this letter");
    }
    if (letter.isForExplanations() && !explanation) {
      throw new SyntaxException(at, "this macro may stand in explanations only");
    }
    at++;
    return letter;
  }

  /** 0 without digits. */
  private int rightmost() throws SyntaxException {
    int start = at;
    int number = 0;
    while (peek(0) >= '0' && peek(0) <= '9') {
      number = Math.min(number * 10 + peek(0) - '0', MacroString.Macro.MAX_RIGHTMOST);
      at++;
    }
    if (number == 0 && at > start) {
      throw new SyntaxException(start, "a macro keeps one part at least"); // §7.3: MUST be nonzero
    }
    return number;
  }

  private char peek(int ahead) {
    return at + ahead < end ? text.charAt(at + ahead) : '\0';
  }
}
