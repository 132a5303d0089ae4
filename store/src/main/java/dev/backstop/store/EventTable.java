package dev.backstop.store;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.verdict.Verdict;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SQL of the events. */
final class EventTable {
  /** In the order of {@link Event}. */
  static final String COLUMNS =
      "at, verdict, enforced, action, mode, form, domain, sender, recipient, peer, queue_id,"
          + " message_id, reporter, source, subject, evidence, explanation";

  private static final String PLACES = COLUMNS.replaceAll("\\w+", "?");

  private EventTable() {}

  static void insert(Session session, Event event) throws SQLException {
    PreparedStatement insert =
        session.statement("INSERT INTO event (%s) VALUES (%s)".formatted(COLUMNS, PLACES));
    insert.setLong(1, event.at().toEpochMilli());
    insert.setString(2, event.verdict().toString());
    insert.setString(3, event.enforced().toString());
    insert.setString(4, event.action());
    insert.setString(5, event.mode());
    insert.setString(6, event.form().toString());
    insert.setString(7, event.domain());
    insert.setString(8, event.sender());
    insert.setString(9, event.recipient());
    insert.setString(10, event.peer());
    insert.setString(11, event.queueId());
    insert.setString(12, event.messageId());
    insert.setString(13, event.reporter());
    insert.setString(14, event.source());
    insert.setString(15, event.subject());
    insert.setString(16, event.evidence());
    insert.setString(17, event.explanation());
    insert.executeUpdate();
  }

  /** The newest first. */
  static List<Event> recent(Session session, int most) throws SQLException {
    PreparedStatement select =
        session.statement("SELECT " + COLUMNS + " FROM event ORDER BY id DESC LIMIT ?");
    select.setInt(1, most);
    return read(select);
  }

  /** The events that this finds. */
  static List<Event> read(PreparedStatement select) throws SQLException {
    var events = new ArrayList<Event>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        events.add(event(row));
      }
    }
    return events;
  }

  private static Event event(ResultSet row) throws SQLException {
    String enforced = row.getString(3);
    return new Event(
        Instant.ofEpochMilli(row.getLong(1)),
        verdict(row.getString(2)),
        verdict(enforced == null ? row.getString(2) : enforced),
        row.getString(4),
        row.getString(5),
        Form.valueOf(constant(row.getString(6))),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getString(14),
        row.getString(15),
        row.getString(16),
        row.getString(17));
  }

  static List<EventSummary.Count> counts(Session session, Instant from) throws SQLException {
    PreparedStatement select =
        session.statement(
            """
            SELECT domain, verdict, action, count(*) FROM event WHERE at >= ?
            GROUP BY domain, verdict, action ORDER BY 4 DESC, 1, 2, 3 LIMIT 1000
            """);
    select.setLong(1, from.toEpochMilli());
    var counts = new ArrayList<EventSummary.Count>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        counts.add(
            new EventSummary.Count(
                row.getString(1), verdict(row.getString(2)), row.getString(3), row.getLong(4)));
      }
    }
    return counts;
  }

  static List<EventSummary.PeerCount> peers(Session session, Instant from) throws SQLException {
    PreparedStatement select =
        session.statement(
            """
            SELECT peer, count(*), sum(verdict = 'backscatter') FROM event
            WHERE at >= ? AND peer IS NOT NULL
            GROUP BY peer ORDER BY 3 DESC, 2 DESC, 1 LIMIT 20
            """);
    select.setLong(1, from.toEpochMilli());
    var peers = new ArrayList<EventSummary.PeerCount>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        peers.add(new EventSummary.PeerCount(row.getString(1), row.getLong(2), row.getLong(3)));
      }
    }
    return peers;
  }

  /**
   * Deletes some of the oldest events: those before {@code oldest}, and those beyond the number
   * kept. The identity grows with time, so only its low end is looked at.
   *
   * @return the number deleted
   */
  static int expire(Session session, Instant oldest, long kept, int most) throws SQLException {
    PreparedStatement delete =
        session.statement(
            """
            DELETE FROM event WHERE id IN (SELECT id FROM event ORDER BY id LIMIT ?)
              AND (at < ? OR id <= (SELECT max(id) FROM event) - ?)
            """);
    delete.setLong(1, most);
    delete.setLong(2, oldest.toEpochMilli());
    delete.setLong(3, kept);
    return delete.executeUpdate();
  }

  static Verdict verdict(String stored) {
    return Verdict.valueOf(constant(stored));
  }

  private static String constant(String stored) {
    return stored.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
