package dev.backstop.auth.spf;

/** A record or explanation stops making sense. Never leaves this package. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  private final int position;

  SyntaxException(int position, String reason) {
    super(reason, null, false, false); // without a trace: strangers decide how often it is thrown
    this.position = position;
  }

  /** In the text that was parsed. */
  int position() {
    return position;
  }

  /** In plain words, ASCII. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
