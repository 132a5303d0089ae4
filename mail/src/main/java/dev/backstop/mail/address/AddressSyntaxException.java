package dev.backstop.mail.address;

/** Text that should be an address and is not; the message says what is wrong and is safe to log. */
public final class AddressSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  AddressSyntaxException(String problem) {
    super(problem);
  }
}
