package dev.backstop.store;

import java.time.Duration;

/**
 * Waits inside the store; only tests use others.
 *
 * @param patience how long a caller waits for its answer
 * @param busy how long SQLite waits for another program's lock
 * @param retry pause between two tries while the store fails
 * @param mostPages size at which SQLite calls the file full; 0 for the disk's own
 */
record Tuning(Duration patience, Duration busy, Duration retry, int mostPages) {
  static final Tuning DEFAULTS =
      new Tuning(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
}
