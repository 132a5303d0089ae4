package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one row that says since when nothing is missing, and the same for each domain. */
final class StateTable {
  private StateTable() {}

  /** The state row. */
  record State(long keyCheck, Instant heartbeat, Instant completeFrom) {}

  static @Nullable State read(Session session) throws SQLException {
    PreparedStatement select =
        session.statement("SELECT key_check, heartbeat, complete_from FROM state");
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? new State(
              row.getLong(1),
              Instant.ofEpochSecond(row.getLong(2)),
              Instant.ofEpochSecond(row.getLong(3)))
          : null;
    }
  }

  /**
   * The first thing a writer does with a file.
   *
   * @param marked whether {@link Completeness} found its mark
   * @return why completeness starts anew; empty when it goes on, and for a new file
   */
  static Optional<String> arrive(
      Session session, Instant now, long keyCheck, boolean marked, Duration tolerated)
      throws SQLException {
    State before = read(session);
    if (before == null) {
      PreparedStatement insert = session.statement("INSERT INTO state VALUES (1, ?, ?, ?)");
      insert.setLong(1, keyCheck);
      insert.setLong(2, now.getEpochSecond());
      insert.setLong(3, next(now));
      insert.executeUpdate();
      return Optional.empty();
    }
    Optional<String> gap = gap(before, now, keyCheck, marked, tolerated);
    if (gap.isPresent()) {
      completeFrom(session, now);
    }
    PreparedStatement update = session.statement("UPDATE state SET key_check = ?");
    update.setLong(1, keyCheck);
    update.executeUpdate();
    heartbeat(session, now);
    return gap;
  }

  private static Optional<String> gap(
      State before, Instant now, long keyCheck, boolean marked, Duration tolerated) {
    if (before.keyCheck() != keyCheck) {
      return Optional.of("it was made with another key: what is in it is not found any more");
    }
    if (!marked) {
      return Optional.of("messages were let go without being written down");
    }
    Duration pause = Duration.between(before.heartbeat(), now);
    if (pause.abs().compareTo(tolerated) >= 0) {
      return Optional.of("nothing was written between " + before.heartbeat() + " and " + now);
    }
    return Optional.empty();
  }

  static void heartbeat(Session session, Instant now) throws SQLException {
    PreparedStatement update = session.statement("UPDATE state SET heartbeat = ?");
    update.setLong(1, now.getEpochSecond());
    update.executeUpdate();
  }

  /** Something is missing before now; a time that the clock has not reached yet is no later. */
  static void completeFrom(Session session, Instant now) throws SQLException {
    PreparedStatement update = session.statement("UPDATE state SET complete_from = ?");
    update.setLong(1, next(now));
    update.executeUpdate();
    PreparedStatement domains = session.statement("UPDATE domain SET since = ?1 WHERE since > ?1");
    domains.setLong(1, next(now));
    domains.executeUpdate();
  }

  /** The journal of this domain is complete from now on, unless it already is. */
  static void begin(Session session, long domain, Instant now) throws SQLException {
    PreparedStatement insert =
        session.statement("INSERT INTO domain VALUES (?, ?) ON CONFLICT DO NOTHING");
    insert.setLong(1, domain);
    insert.setLong(2, next(now));
    insert.executeUpdate();
  }

  /** Drops all domains but these. */
  static void retain(Session session, long[] domains) throws SQLException {
    session.execute("CREATE TEMP TABLE IF NOT EXISTS kept (name INTEGER PRIMARY KEY)");
    session.execute("DELETE FROM kept");
    PreparedStatement keep = session.statement("INSERT OR IGNORE INTO kept VALUES (?)");
    for (long domain : domains) {
      keep.setLong(1, domain);
      keep.executeUpdate();
    }
    session.execute("DELETE FROM domain WHERE name NOT IN (SELECT name FROM kept)");
  }

  static Optional<Instant> completeSince(Session session, long domain) throws SQLException {
    PreparedStatement select =
        session.statement(
            """
            SELECT max(domain.since, state.complete_from) FROM domain, state WHERE name = ?\
            """);
    select.setLong(1, domain);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(Instant.ofEpochSecond(row.getLong(1))) : Optional.empty();
    }
  }

  /** Rounded up: a message of this very second may be missing. */
  private static long next(Instant now) {
    return now.getEpochSecond() + 1;
  }
}
