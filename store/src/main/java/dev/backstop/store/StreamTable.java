package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** SQL of the streams. Times are seconds since 1970. */
final class StreamTable {
  private static final String SEEN =
      """
      INSERT INTO stream VALUES (?1, ?2, ?3, ?4, ?4, ?6, ?5)
      ON CONFLICT (domain, kind, source) DO UPDATE SET first = min(first, excluded.first),
        example = iif(excluded.last < last, example, excluded.example),
        last = max(last, excluded.last), messages = messages + excluded.messages
      RETURNING messages
      """;

  private StreamTable() {}

  static void seen(Session session, Stream.Sighting sighting) throws SQLException {
    PreparedStatement upsert = session.statement(SEEN);
    upsert.setString(1, sighting.domain());
    upsert.setString(2, sighting.kind());
    upsert.setString(3, sighting.source());
    upsert.setLong(4, sighting.at().getEpochSecond());
    upsert.setString(5, sighting.example());
    upsert.setLong(6, sighting.messages());
    boolean isNew;
    try (ResultSet row = upsert.executeQuery()) {
      isNew = row.next() && row.getLong(1) == sighting.messages();
    }
    if (isNew) {
      trim(session, sighting.domain());
    }
  }

  /** Drops those of a domain that are more than are kept; an index counts them off. */
  private static void trim(Session session, String domain) throws SQLException {
    PreparedStatement delete =
        session.statement(
            """
            DELETE FROM stream WHERE (domain, kind, source) IN
              (SELECT domain, kind, source FROM stream WHERE domain = ?
               ORDER BY last DESC LIMIT -1 OFFSET ?)
            """);
    delete.setString(1, domain);
    delete.setInt(2, Streams.MOST);
    delete.executeUpdate();
  }

  static List<Stream> of(Session session, String domain, long since) throws SQLException {
    PreparedStatement select =
        session.statement(
            """
            SELECT domain, kind, source, first, last, messages, example FROM stream
            WHERE domain = ? AND last >= ? ORDER BY messages DESC, kind, source
            """);
    select.setString(1, domain);
    select.setLong(2, since);
    var streams = new ArrayList<Stream>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        streams.add(
            new Stream(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochSecond(row.getLong(4)),
                Instant.ofEpochSecond(row.getLong(5)),
                row.getLong(6),
                row.getString(7)));
      }
    }
    return streams;
  }

  /** Deletes some that were not seen since then; the number deleted. */
  static int expire(Session session, long oldest, int most) throws SQLException {
    PreparedStatement delete =
        session.statement(
            """
            DELETE FROM stream WHERE (domain, kind, source) IN
              (SELECT domain, kind, source FROM stream WHERE last < ? LIMIT ?)
            """);
    delete.setLong(1, oldest);
    delete.setInt(2, most);
    return delete.executeUpdate();
  }
}
