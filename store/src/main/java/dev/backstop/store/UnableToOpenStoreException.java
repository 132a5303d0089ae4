package dev.backstop.store;

import java.nio.file.Path;

/** The store cannot be opened; the message says what, where and how to mend it. */
public final class UnableToOpenStoreException extends Exception {
  private static final long serialVersionUID = 1L;

  UnableToOpenStoreException(String what, Path where, String mend, Throwable cause) {
    super("cannot open the store " + where + ": " + what + ". " + mend, cause);
  }

  UnableToOpenStoreException(String what, Path where, String mend) {
    super("cannot open the store " + where + ": " + what + ". " + mend);
  }
}
