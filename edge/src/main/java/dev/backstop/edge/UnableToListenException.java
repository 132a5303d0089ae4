package dev.backstop.edge;

/** A door could not be opened. The message says where, why, and what to do about it. */
public final class UnableToListenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnableToListenException(String message, Throwable cause) {
    super(message, cause);
  }

  UnableToListenException(String message) {
    super(message);
  }
}
