package dev.backstop.store;

import java.sql.SQLException;

/** What nobody waits for: an event, a sighting. Written after mail, lost when the store fails. */
interface Note {
  void apply(Session session) throws SQLException;
}
