package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/** SQL of the journal and of the senders' last untagged message. Times are seconds since 1970. */
final class JournalTable {
  /** Rows of one message that are looked at for the newest: one can have any number. */
  private static final int MOST_OF_ONE_MESSAGE = 1_000;

  private static final String SENT =
      DailyTable.DAYS
          + """
          SELECT at FROM days CROSS JOIN journal ON day = d AND message = ?3 WHERE at >= ?4
          """;

  private JournalTable() {}

  static void insert(Session session, byte[] message, long[] recipients, long sender, long at)
      throws SQLException {
    PreparedStatement insert =
        session.statement(
            """
            INSERT INTO journal VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (day, message, recipient) DO UPDATE SET at = max(at, excluded.at)
            """);
    insert.setLong(1, DailyTable.day(at));
    insert.setBytes(2, message);
    insert.setLong(4, sender);
    insert.setLong(5, at);
    for (long recipient : recipients) {
      insert.setLong(3, recipient);
      insert.executeUpdate();
    }
  }

  static void untagged(Session session, long sender, long at) throws SQLException {
    PreparedStatement insert =
        session.statement(
            """
            INSERT INTO untagged VALUES (?, ?)
            ON CONFLICT (sender) DO UPDATE SET at = max(at, excluded.at)
            """);
    insert.setLong(1, sender);
    insert.setLong(2, at);
    insert.executeUpdate();
  }

  /** When we sent this message to this recipient, last, if that is not before {@code oldest}. */
  static OptionalLong sent(
      Session session, byte[] message, long recipient, Instant now, long oldest)
      throws SQLException {
    PreparedStatement select = session.statement(SENT + " AND recipient = ?5 LIMIT 1");
    select.setLong(5, recipient);
    return first(select, message, now, oldest);
  }

  /** Whether we sent this message to anybody. */
  static boolean isSent(Session session, byte[] message, Instant now, long oldest)
      throws SQLException {
    return first(session.statement(SENT + " LIMIT 1"), message, now, oldest).isPresent();
  }

  /** When we sent this message to anybody, last. */
  static OptionalLong lastSent(Session session, byte[] message, Instant now, long oldest)
      throws SQLException {
    PreparedStatement select =
        session.statement(
            "SELECT at FROM (%s LIMIT %d) ORDER BY at DESC LIMIT 1"
                .formatted(SENT, MOST_OF_ONE_MESSAGE));
    return first(select, message, now, oldest);
  }

  private static OptionalLong first(
      PreparedStatement select, byte[] message, Instant now, long oldest) throws SQLException {
    DailyTable.days(select, now, oldest);
    select.setBytes(3, message);
    select.setLong(4, oldest);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  static boolean untaggedSince(Session session, long sender, long since) throws SQLException {
    PreparedStatement select =
        session.statement("SELECT 1 FROM untagged WHERE sender = ? AND at >= ?");
    select.setLong(1, sender);
    select.setLong(2, since);
    try (ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  /** Deletes some senders who sent nothing untagged since then; the number deleted. */
  static int expireUntagged(Session session, long oldest, int most) throws SQLException {
    PreparedStatement delete =
        session.statement(
            "DELETE FROM untagged WHERE sender IN (SELECT sender FROM untagged WHERE at < ? LIMIT"
                + " ?)");
    delete.setLong(1, oldest);
    delete.setLong(2, most);
    return delete.executeUpdate();
  }
}
