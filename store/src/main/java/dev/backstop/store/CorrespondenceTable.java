package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * SQL of who wrote to whom. Beside a row for each pair each writer has one for {@link
 * Hashes#everybody}, so that no question has to walk through all whom a busy writer wrote to. Times
 * are seconds since 1970.
 */
final class CorrespondenceTable {
  private static final String LAST =
      DailyTable.DAYS
          + """
          SELECT at FROM days
          CROSS JOIN correspondence ON day = d AND writer = ?3 AND recipient = ?4
          WHERE at >= ?5 LIMIT 1
          """;

  private CorrespondenceTable() {}

  static void insert(Session session, long[] writers, long[] recipients, long everybody, long at)
      throws SQLException {
    PreparedStatement insert =
        session.statement(
            """
            INSERT INTO correspondence VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (day, writer, recipient) DO UPDATE
            SET at = max(at, excluded.at), messages = messages + excluded.messages
            """);
    insert.setLong(1, DailyTable.day(at));
    insert.setLong(4, at);
    for (long writer : writers) {
      insert.setLong(2, writer);
      insert.setLong(3, everybody);
      insert.setLong(5, recipients.length);
      insert.executeUpdate();
      insert.setLong(5, 1);
      for (long recipient : recipients) {
        insert.setLong(3, recipient);
        insert.executeUpdate();
      }
    }
  }

  /** When this writer last wrote to any of these, if that is not before {@code oldest}. */
  static OptionalLong last(
      Session session, long writer, long[] recipients, Instant now, long oldest)
      throws SQLException {
    PreparedStatement select = session.statement(LAST);
    select.setLong(3, writer);
    OptionalLong newest = OptionalLong.empty();
    for (long recipient : recipients) {
      long from = newest.isPresent() ? newest.getAsLong() + 1 : oldest; // only a newer one counts
      DailyTable.days(select, now, from);
      select.setLong(4, recipient);
      select.setLong(5, from);
      try (ResultSet row = select.executeQuery()) {
        newest = row.next() ? OptionalLong.of(row.getLong(1)) : newest;
      }
    }
    return newest;
  }

  /** Messages times recipients of that day. */
  static long messages(Session session, long day, long writer, long everybody) throws SQLException {
    PreparedStatement select =
        session.statement(
            "SELECT messages FROM correspondence WHERE day = ? AND writer = ? AND recipient = ?");
    select.setLong(1, day);
    select.setLong(2, writer);
    select.setLong(3, everybody);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
