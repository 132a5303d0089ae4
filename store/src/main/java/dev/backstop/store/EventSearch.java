package dev.backstop.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SQL of the questions about single events and about one domain. */
final class EventSearch {
  private EventSearch() {}

  /** The newest first. */
  static List<Event> find(Session session, EventQuery query) throws SQLException {
    var conditions = new StringBuilder();
    var values = new ArrayList<String>();
    add(conditions, values, "domain = ?", query.domain());
    add(conditions, values, "recipient = ? COLLATE NOCASE", query.recipient());
    add(conditions, values, "verdict = ?", query.verdict());
    add(conditions, values, "enforced = ?", query.enforced());
    PreparedStatement select =
        session.statement(
            """
            SELECT %s FROM event INDEXED BY %s WHERE at >= ? AND at < ?%s
            ORDER BY at DESC, id DESC LIMIT ?
            """
                .formatted(EventTable.COLUMNS, index(query), conditions));
    select.setLong(1, millis(query.from()));
    select.setLong(2, millis(query.to()));
    int place = 3;
    for (String value : values) {
      select.setString(place++, value);
    }
    select.setInt(place, query.most());
    return EventTable.read(select);
  }

  /** SQLite has no figures to choose by: an address has fewer events than a domain. */
  private static String index(EventQuery query) {
    if (query.recipient() != null) {
      return "event_recipient";
    }
    return query.domain() != null ? "event_domain" : "event_at";
  }

  private static void add(
      StringBuilder conditions, List<String> values, String condition, @Nullable Object value) {
    if (value != null) {
      conditions.append(" AND ").append(condition);
      values.add(value.toString());
    }
  }

  static List<Outlook> outlook(Session session, String domain, Instant from) throws SQLException {
    PreparedStatement select =
        session.statement(
            """
            SELECT verdict, enforced, action, count(*) FROM event INDEXED BY event_domain
            WHERE domain = ? AND at >= ? AND enforced IS NOT NULL
            GROUP BY verdict, enforced, action ORDER BY 4 DESC, 1, 2, 3 LIMIT 1000
            """);
    select.setString(1, domain.toLowerCase(Locale.ROOT));
    select.setLong(2, millis(from));
    var counts = new ArrayList<Outlook>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        counts.add(
            new Outlook(
                EventTable.verdict(row.getString(1)),
                EventTable.verdict(row.getString(2)),
                row.getString(3),
                row.getLong(4)));
      }
    }
    return counts;
  }

  /** Also of times that milliseconds do not reach, which people use for "ever". */
  private static long millis(Instant at) {
    try {
      return at.toEpochMilli();
    } catch (ArithmeticException e) {
      return at.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
