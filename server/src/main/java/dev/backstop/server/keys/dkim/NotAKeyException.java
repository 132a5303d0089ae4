package dev.backstop.server.keys.dkim;

/**
 * A text holds no key that can be used; the message says why in words for its owner, and holds no
 * secret.
 */
public final class NotAKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  NotAKeyException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
