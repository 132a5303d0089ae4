package dev.backstop.auth.dkim;

/** What a stranger wrote is no signature, or no key record. The message is fit for a log. */
final class DkimSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  DkimSyntaxException(String reason) {
    super(reason, null, false, false); // strangers cause it at will: no stack trace
  }

  /** The message, never {@code null}. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
