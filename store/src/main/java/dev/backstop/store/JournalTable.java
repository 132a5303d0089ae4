package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;

/** SQL of the journal and of the senders' last untagged message. Times are seconds since 1970. */
final class JournalTable {
  private static final long DAY = 86_400;

  /** A recursive term is lazy: the newest days are tried first and the first hit ends it. */
  private static final String DAYS =
      """
      WITH RECURSIVE days(d) AS (SELECT ?1 UNION ALL SELECT d - 1 FROM days WHERE d > ?2)
      SELECT at FROM days CROSS JOIN journal ON day = d AND message = ?3 WHERE at >= ?4
      """;

  private static final String LAST_TO_EXPIRE =
      """
      SELECT day, message, recipient FROM
        (SELECT day, message, recipient FROM journal WHERE day < ?
         ORDER BY day, message, recipient LIMIT ?)
      ORDER BY day DESC, message DESC, recipient DESC LIMIT 1
      """;

  static final String EXPIRE = "DELETE FROM journal WHERE (day, message, recipient) <= (?, ?, ?)";

  private JournalTable() {}

  static void insert(Session session, byte[] message, long[] recipients, long sender, long at)
      throws SQLException {
    PreparedStatement insert =
        session.statement(
            """
            INSERT INTO journal VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (day, message, recipient) DO UPDATE SET at = max(at, excluded.at)
            """);
    insert.setLong(1, Math.floorDiv(at, DAY));
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
    PreparedStatement select = session.statement(DAYS + " AND recipient = ?5 LIMIT 1");
    select.setLong(5, recipient);
    return first(select, message, now, oldest);
  }

  /** When we sent this message to anybody. */
  static OptionalLong sent(Session session, byte[] message, Instant now, long oldest)
      throws SQLException {
    return first(session.statement(DAYS + " LIMIT 1"), message, now, oldest);
  }

  private static OptionalLong first(
      PreparedStatement select, byte[] message, Instant now, long oldest) throws SQLException {
    // One day more: an entry's own time may be a little ahead of our clock.
    select.setLong(1, Math.floorDiv(now.getEpochSecond(), DAY) + 1);
    select.setLong(2, Math.floorDiv(oldest, DAY));
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

  /**
   * Deletes some rows of days that are over, from the low end of the key up to a key that was
   * counted off first: "key in (some keys)" would walk through the whole day for each step.
   *
   * @return the number deleted
   */
  static int expire(Session session, long oldest, int most) throws SQLException {
    PreparedStatement select = session.statement(LAST_TO_EXPIRE);
    select.setLong(1, Math.floorDiv(oldest, DAY));
    select.setInt(2, most);
    PreparedStatement delete = session.statement(EXPIRE);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return 0;
      }
      delete.setLong(1, row.getLong(1));
      delete.setBytes(2, row.getBytes(2));
      delete.setLong(3, row.getLong(3));
    }
    return delete.executeUpdate();
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
