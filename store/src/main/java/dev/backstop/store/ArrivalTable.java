package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** SQL of what arrived. Times are seconds since 1970. */
final class ArrivalTable {
  private static final long DAY = 86_400;

  /** Rows of one Message-ID that are looked at: a stranger can send it any number of times. */
  private static final int MOST_OF_ONE_MESSAGE = 1_000;

  /** A recursive term is lazy: the newest days are tried first and the first hit ends it. */
  private static final String DAYS =
      """
      WITH RECURSIVE days(d) AS (SELECT ?1 UNION ALL SELECT d - 1 FROM days WHERE d > ?2)
      """;

  private static final String BY_SENDER =
      DAYS
          + """
          SELECT spf, dkim, dmarc, at FROM days
          CROSS JOIN arrival ON day = d AND message = ?3 AND sender = ?4 WHERE at >= ?5 LIMIT 1
          """;

  private static final String BY_AUTHOR =
      DAYS
          + """
          SELECT spf, dkim, dmarc, at FROM
            (SELECT * FROM days CROSS JOIN arrival ON day = d AND message = ?3 WHERE at >= ?5
             LIMIT %d)
          WHERE author = ?4 ORDER BY at DESC LIMIT 1
          """
              .formatted(MOST_OF_ONE_MESSAGE);

  private ArrivalTable() {}

  static void insert(
      Session session, byte[] message, long sender, long author, SenderProof proof, long at)
      throws SQLException {
    PreparedStatement insert =
        session.statement(
            """
            INSERT INTO arrival VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (day, message, sender) DO UPDATE SET author = excluded.author,
              spf = excluded.spf, dkim = excluded.dkim, dmarc = excluded.dmarc, at = excluded.at
            """);
    insert.setLong(1, Math.floorDiv(at, DAY));
    insert.setBytes(2, message);
    insert.setLong(3, sender);
    insert.setLong(4, author);
    insert.setString(5, proof.spf());
    insert.setString(6, proof.dkim());
    insert.setString(7, proof.dmarc());
    insert.setLong(8, at);
    insert.executeUpdate();
  }

  static Optional<Arrivals.Known> bySender(
      Session session, byte[] message, long sender, Instant now, long oldest) throws SQLException {
    return find(session.statement(BY_SENDER), message, sender, now, oldest, true);
  }

  static Optional<Arrivals.Known> byAuthor(
      Session session, byte[] message, long author, Instant now, long oldest) throws SQLException {
    return find(session.statement(BY_AUTHOR), message, author, now, oldest, false);
  }

  private static Optional<Arrivals.Known> find(
      PreparedStatement select,
      byte[] message,
      long address,
      Instant now,
      long oldest,
      boolean sent)
      throws SQLException {
    select.setLong(1, Math.floorDiv(now.getEpochSecond(), DAY) + 1);
    select.setLong(2, Math.floorDiv(oldest, DAY));
    select.setBytes(3, message);
    select.setLong(4, address);
    select.setLong(5, oldest);
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Arrivals.Known(
                  new SenderProof(row.getString(1), row.getString(2), row.getString(3)),
                  Instant.ofEpochSecond(row.getLong(4)),
                  sent))
          : Optional.empty();
    }
  }

  /** Deletes some rows of days that are over; the number deleted. */
  static int expire(Session session, long oldest, int most) throws SQLException {
    PreparedStatement select =
        session.statement(
            """
            SELECT day, message, sender FROM
              (SELECT day, message, sender FROM arrival WHERE day < ?
               ORDER BY day, message, sender LIMIT ?)
            ORDER BY day DESC, message DESC, sender DESC LIMIT 1
            """);
    select.setLong(1, Math.floorDiv(oldest, DAY));
    select.setInt(2, most);
    PreparedStatement delete =
        session.statement("DELETE FROM arrival WHERE (day, message, sender) <= (?, ?, ?)");
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
}
