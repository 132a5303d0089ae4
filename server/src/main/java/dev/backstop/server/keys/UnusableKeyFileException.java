package dev.backstop.server.keys;

/**
 * The key file cannot be read or written; the message says which, why and how to mend it, and holds
 * no secret.
 */
public final class UnusableKeyFileException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableKeyFileException(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableKeyFileException(String message) {
    super(message);
  }
}
