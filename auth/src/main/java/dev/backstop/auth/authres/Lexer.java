package dev.backstop.auth.authres;

/** Walks over the unfolded text of a field. Linear; never fails. */
final class Lexer {
  private final String text;
  private String comment = "";
  private boolean broken;
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The next character, or NUL at the end. */
  char peek() {
    return isAtEnd() ? '\0' : text.charAt(at);
  }

  boolean skip(char c) {
    if (isAtEnd() || text.charAt(at) != c) {
      return false;
    }
    at++;
    return true;
  }

  /** A quoted string or a comment had no end. */
  boolean isBroken() {
    return broken;
  }

  /** The first comment since this was last asked, without its outer parentheses. */
  String takeComment() {
    String taken = comment;
    comment = "";
    return taken;
  }

  /** Blanks and comments (RFC 5322 §3.2.2). */
  void skipCfws() {
    while (!isAtEnd()) {
      if (isBlank(peek())) {
        at++;
      } else if (peek() == '(') {
        readComment();
      } else {
        return;
      }
    }
  }

  private void readComment() {
    var words = new StringBuilder();
    int depth = 0;
    do {
      char c = text.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      boolean outer = (c == '(' && depth == 1) || (c == ')' && depth == 0);
      if (c == '\\' && !isAtEnd()) {
        words.append(text.charAt(at++));
      } else if (!outer) {
        words.append(c);
      }
    } while (depth > 0 && !isAtEnd());
    broken |= depth > 0;
    comment = comment.isEmpty() ? words.toString().strip() : comment;
  }

  /** Plain text of the quoted string that opens here. */
  String quoted() {
    var plain = new StringBuilder();
    at++;
    while (!isAtEnd() && peek() != '"') {
      at += peek() == '\\' && at + 1 < text.length() ? 1 : 0;
      plain.append(text.charAt(at++));
    }
    broken |= !skip('"');
    return plain.toString();
  }

  /** The longest token here (RFC 2045 §5.1); empty when there is none. */
  String token() {
    int start = at;
    while (!isAtEnd() && Syntax.isTokenCharacter(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** The longest keyword here; empty when there is none. */
  String keyword() {
    int start = at;
    while (!isAtEnd() && Syntax.isKeywordCharacter(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  /**
   * A property's value. Wider than the grammar: whatever is not a blank, a semicolon or a comment,
   * because {@code header.b} carries Base64 and addresses stand without quotes.
   */
  String propertyValue() {
    int start = at;
    if (peek() == '"') {
      String plain = quoted();
      if (peek() != '@') {
        return plain;
      }
    }
    skipWord();
    return text.substring(start, at);
  }

  /** Up to a blank, a semicolon or a comment. */
  void skipWord() {
    while (!isAtEnd() && !isBlank(peek()) && peek() != ';' && peek() != '(') {
      at++;
    }
  }

  /** To the semicolon that ends this part, over quoted strings and comments. */
  void skipToSemicolon() {
    while (!isAtEnd() && peek() != ';') {
      switch (peek()) {
        case '(' -> readComment();
        case '"' -> quoted();
        default -> at++;
      }
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
