package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** SQL of the domains that enforce. Times are seconds since 1970. */
final class EnforcementTable {
  private EnforcementTable() {}

  static void begin(Session session, String domain, long at) throws SQLException {
    PreparedStatement insert =
        session.statement("INSERT INTO enforcement VALUES (?, ?) ON CONFLICT DO NOTHING");
    insert.setString(1, domain);
    insert.setLong(2, at);
    insert.executeUpdate();
  }

  static void end(Session session, String domain) throws SQLException {
    PreparedStatement delete = session.statement("DELETE FROM enforcement WHERE domain = ?");
    delete.setString(1, domain);
    delete.executeUpdate();
  }

  static Map<String, Instant> all(Session session) throws SQLException {
    var all = new LinkedHashMap<String, Instant>();
    PreparedStatement select =
        session.statement("SELECT domain, at FROM enforcement ORDER BY domain");
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.put(row.getString(1), Instant.ofEpochSecond(row.getLong(2)));
      }
    }
    return all;
  }
}
