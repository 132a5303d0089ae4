package dev.backstop.store.query;

import java.time.Duration;

/**
 * Which database is asked what.
 *
 * @param url {@code jdbc:postgresql:…} or {@code jdbc:sqlite:…}
 * @param login asked for at each new connection
 * @param connections at most, each with a thread of its own
 * @param patience longest that one question may take; whole seconds
 */
public record QuerySettings(
    String url, NamedQuery query, Login login, int connections, Duration patience) {

  /** Who asks. Thread-safe. */
  public interface Login {
    /** Empty: nobody in particular. */
    String user();

    /**
     * Read anew, so that a changed one needs no restart; empty: none.
     *
     * @throws QueryException when it cannot be read
     */
    String password() throws QueryException;
  }
}
