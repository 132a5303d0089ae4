package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL of attacks and of what is usual without them. */
final class EpisodeTable {
  /** Attacks kept at most, the latest: somebody could begin one every few minutes. */
  static final int MOST_KEPT = 10_000;

  private static final String SELECT =
      "SELECT id, scope, name, began, last_seen, ended, messages, details FROM episode ";

  private EpisodeTable() {}

  static void save(Session session, EpisodeRow episode) throws SQLException {
    PreparedStatement insert =
        session.statement(
            """
            INSERT INTO episode (id, scope, name, began, last_seen, ended, messages, details)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen, ended = excluded.ended,
              messages = excluded.messages, details = excluded.details
            """);
    insert.setString(1, episode.id());
    insert.setString(2, episode.scope());
    insert.setString(3, episode.name());
    insert.setLong(4, episode.began().toEpochMilli());
    insert.setLong(5, episode.lastSeen().toEpochMilli());
    setTime(insert, 6, episode.ended());
    insert.setLong(7, episode.messages());
    insert.setString(8, episode.details());
    insert.executeUpdate();
  }

  private static void setTime(PreparedStatement statement, int index, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(index, Types.INTEGER);
    } else {
      statement.setLong(index, time.toEpochMilli());
    }
  }

  /** False in a file that a server of an earlier release made last. */
  static boolean exists(Session session) throws SQLException {
    return session.number("SELECT count(*) FROM sqlite_master WHERE name = 'episode'") > 0;
  }

  static List<EpisodeRow> list(Session session, Instant from, int most) throws SQLException {
    PreparedStatement select =
        session.statement(
            SELECT + "WHERE last_seen >= ? OR ended IS NULL ORDER BY began DESC, id DESC LIMIT ?");
    select.setLong(1, from.toEpochMilli());
    select.setInt(2, most);
    return episodes(select);
  }

  static List<EpisodeRow> running(Session session, int most) throws SQLException {
    PreparedStatement select =
        session.statement(SELECT + "WHERE ended IS NULL ORDER BY began DESC, id DESC LIMIT ?");
    select.setInt(1, most);
    return episodes(select);
  }

  static Optional<EpisodeRow> find(Session session, String id) throws SQLException {
    PreparedStatement select = session.statement(SELECT + "WHERE id = ?");
    select.setString(1, id);
    return episodes(select).stream().findFirst();
  }

  private static List<EpisodeRow> episodes(PreparedStatement select) throws SQLException {
    var episodes = new ArrayList<EpisodeRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        episodes.add(
            new EpisodeRow(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                time(row, 6),
                row.getLong(7),
                row.getString(8)));
      }
    }
    return episodes;
  }

  private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    long time = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(time);
  }

  /** Deletes some attacks last seen before then, and some beyond the number kept. */
  static int expire(Session session, Instant oldest, int most) throws SQLException {
    PreparedStatement delete =
        session.statement(
            """
            DELETE FROM episode WHERE id IN (SELECT id FROM episode WHERE last_seen < ?1 LIMIT ?2)
              OR id IN (SELECT id FROM episode ORDER BY last_seen DESC LIMIT ?2 OFFSET ?3)
            """);
    delete.setLong(1, oldest.toEpochMilli());
    delete.setInt(2, most);
    delete.setInt(3, MOST_KEPT);
    return delete.executeUpdate();
  }

  static void saveUsual(Session session, List<UsualRow> usual) throws SQLException {
    session.execute("DELETE FROM usual");
    PreparedStatement insert =
        session.statement("INSERT OR REPLACE INTO usual VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (UsualRow row : usual) {
      insert.setString(1, row.scope());
      insert.setLong(2, row.hash());
      insert.setDouble(3, row.burst());
      insert.setDouble(4, row.hour());
      insert.setDouble(5, row.onceBurst());
      insert.setDouble(6, row.onceHour());
      setTime(insert, 7, row.once());
      insert.setLong(8, row.seen().toEpochMilli());
      insert.setLong(9, row.known().toEpochMilli());
      insert.executeUpdate();
    }
  }

  static List<UsualRow> usual(Session session) throws SQLException {
    PreparedStatement select =
        session.statement(
            """
            SELECT scope, hash, burst, hour, once_burst, once_hour, once, seen, known FROM usual
            """);
    var usual = new ArrayList<UsualRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        usual.add(
            new UsualRow(
                row.getString(1),
                row.getLong(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5),
                row.getDouble(6),
                time(row, 7),
                Instant.ofEpochMilli(row.getLong(8)),
                Instant.ofEpochMilli(row.getLong(9))));
      }
    }
    return usual;
  }
}
