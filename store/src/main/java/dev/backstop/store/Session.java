package dev.backstop.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;

/** One connection with its prepared statements. Belongs to one platform thread at a time. */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private Session(Connection connection) {
    this.connection = connection;
  }

  static Session open(Path file, SQLiteConfig config) throws SQLException {
    var session = new Session(config.createConnection("jdbc:sqlite:" + file));
    try {
      // Finds more kinds of damage before they are believed.
      session.execute("PRAGMA cell_size_check = ON");
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  /**
   * Takes the write lock; from here on nothing is durable before {@link #commit}. By hand, because
   * the driver's own way begins the next transaction at each commit and so never gives the lock
   * back.
   */
  void begin() throws SQLException {
    statement("BEGIN IMMEDIATE").execute();
  }

  /** Prepared once, closed with the session. */
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement made = connection.prepareStatement(sql);
    prepared.put(sql, made);
    return made;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** First column of the first row; zero without one. */
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  void commit() throws SQLException {
    statement("COMMIT").execute();
  }

  /** What is not committed is undone. Errors change nothing for the caller, who is done with it. */
  @Override
  public void close() {
    for (PreparedStatement statement : prepared.values()) {
      quietly(statement);
    }
    prepared.clear();
    quietly(connection);
  }

  private static void quietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception _) {
      // SQLite recovers at the next open
    }
  }
}
