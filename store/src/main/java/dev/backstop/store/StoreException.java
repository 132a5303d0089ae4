package dev.backstop.store;

import org.jspecify.annotations.Nullable;

/**
 * The store did not do what was asked; the message says why in plain words and carries no address.
 * What happens to the mail is the caller's policy.
 */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  StoreException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
