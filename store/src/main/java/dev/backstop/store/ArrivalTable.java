package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** SQL of what arrived. Times are seconds since 1970. */
final class ArrivalTable {
  /** Rows of one Message-ID that are looked at: a stranger can send it any number of times. */
  private static final int MOST_OF_ONE_MESSAGE = 1_000;

  private static final String BY_SENDER =
      DailyTable.DAYS
          + """
          SELECT spf, dkim, dmarc, at FROM days
          CROSS JOIN arrival ON day = d AND message = ?3 AND sender = ?4 WHERE at >= ?5 LIMIT 1
          """;

  private static final String BY_AUTHOR =
      DailyTable.DAYS
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
    insert.setLong(1, DailyTable.day(at));
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
    DailyTable.days(select, now, oldest);
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
}
