package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The tables that are clustered by day: new rows go to one end of the tree (few pages change for
 * each commit, however many rows there are) and old days leave from the other end without an index
 * on time. A question seeks once for each day kept.
 */
enum DailyTable {
  JOURNAL("journal", "message", "recipient"),
  ARRIVAL("arrival", "message", "sender"),
  CORRESPONDENCE("correspondence", "writer", "recipient"),
  PROOF_USE("proof_use", "proof", "answer");

  /**
   * Begins a question: {@code ?1} is the newest day, {@code ?2} the oldest. A recursive term is
   * lazy: the newest days are tried first and the first hit ends it.
   */
  static final String DAYS =
      """
      WITH RECURSIVE days(d) AS (SELECT ?1 UNION ALL SELECT d - 1 FROM days WHERE d > ?2)
      """;

  private static final long SECONDS = 86_400;

  /** What {@link #expire} does last; for the test of its plan. */
  final String delete;

  private final String lastToGo;

  DailyTable(String name, String second, String third) {
    String key = "day, " + second + ", " + third;
    lastToGo =
        """
        SELECT %1$s FROM (SELECT %1$s FROM %2$s WHERE day < ? ORDER BY %1$s LIMIT ?)
        ORDER BY day DESC, %3$s DESC, %4$s DESC LIMIT 1
        """
            .formatted(key, name, second, third);
    delete = "DELETE FROM %s WHERE (%s) <= (?, ?, ?)".formatted(name, key);
  }

  /**
   * The day of a time.
   *
   * @param at seconds since 1970
   */
  static long day(long at) {
    return Math.floorDiv(at, SECONDS);
  }

  /** Sets the bounds of {@link #DAYS}. */
  static void days(PreparedStatement select, Instant now, long oldest) throws SQLException {
    // One day more: an entry's own time may be a little ahead of our clock.
    select.setLong(1, day(now.getEpochSecond()) + 1);
    select.setLong(2, day(oldest));
  }

  /**
   * Deletes some rows of days that are over, from the low end of the key up to a key that was
   * counted off first: "key in (some keys)" would walk through the whole day for each step.
   *
   * @param oldest seconds since 1970; its day stays
   * @return the number deleted
   */
  int expire(Session session, long oldest, int most) throws SQLException {
    PreparedStatement select = session.statement(lastToGo);
    select.setLong(1, day(oldest));
    select.setInt(2, most);
    PreparedStatement deletion = session.statement(delete);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return 0;
      }
      for (int column = 1; column <= 3; column++) {
        deletion.setObject(column, row.getObject(column));
      }
    }
    return deletion.executeUpdate();
  }
}
