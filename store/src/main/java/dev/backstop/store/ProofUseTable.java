package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** SQL of which answers used which proof. Times are seconds since 1970. */
final class ProofUseTable {
  private static final String OTHERS =
      DailyTable.DAYS
          + """
          SELECT count(*) FROM (
            SELECT 1 FROM days CROSS JOIN proof_use ON day = d AND proof = ?3
            WHERE answer <> ?4 LIMIT ?5)
          """;

  private ProofUseTable() {}

  static void insert(Session session, long proof, long answer, long at) throws SQLException {
    PreparedStatement insert =
        session.statement("INSERT INTO proof_use VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    insert.setLong(1, DailyTable.day(at));
    insert.setLong(2, proof);
    insert.setLong(3, answer);
    insert.executeUpdate();
  }

  static int others(Session session, long proof, long answer, Instant now, long oldest, int most)
      throws SQLException {
    PreparedStatement select = session.statement(OTHERS);
    DailyTable.days(select, now, oldest);
    select.setLong(3, proof);
    select.setLong(4, answer);
    select.setInt(5, most);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
