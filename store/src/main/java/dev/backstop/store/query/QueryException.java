package dev.backstop.store.query;

import org.jspecify.annotations.Nullable;

/** The database did not answer; the message says why in plain words, without password or values. */
public final class QueryException extends Exception {
  private static final long serialVersionUID = 1L;

  public QueryException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
