package dev.backstop.edge.smtp;

/** The next hop that was reached cannot do what the message needs, though another could. */
final class CannotCarryException extends Exception {
  private static final long serialVersionUID = 1L;

  CannotCarryException(String reason) {
    super(reason);
  }
}
