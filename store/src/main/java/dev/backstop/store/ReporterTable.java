package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** SQL of reporting hosts. Times are seconds since 1970. */
final class ReporterTable {
  private ReporterTable() {}

  static void put(Session session, ReporterCount count) throws SQLException {
    PreparedStatement insert =
        session.statement(
            """
            INSERT INTO reporter VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (host) DO UPDATE SET name = excluded.name,
              backscatter = excluded.backscatter, genuine = excluded.genuine, at = excluded.at
            """);
    insert.setString(1, count.host());
    insert.setString(2, count.name());
    insert.setDouble(3, count.backscatter());
    insert.setDouble(4, count.genuine());
    insert.setLong(5, count.at().getEpochSecond());
    insert.executeUpdate();
  }

  static void remove(Session session, String host) throws SQLException {
    PreparedStatement delete = session.statement("DELETE FROM reporter WHERE host = ?");
    delete.setString(1, host);
    delete.executeUpdate();
  }

  static void clear(Session session) throws SQLException {
    session.statement("DELETE FROM reporter").executeUpdate();
  }

  static List<ReporterCount> load(Session session, int most) throws SQLException {
    PreparedStatement select =
        session.statement(
            "SELECT host, name, backscatter, genuine, at FROM reporter ORDER BY host LIMIT ?");
    select.setInt(1, most);
    var counts = new ArrayList<ReporterCount>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        counts.add(
            new ReporterCount(
                row.getString(1),
                row.getString(2),
                row.getDouble(3),
                row.getDouble(4),
                Instant.ofEpochSecond(row.getLong(5))));
      }
    }
    return counts;
  }
}
