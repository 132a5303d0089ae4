package dev.backstop.store.query;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** One connection, read only, with its prepared statement. For one thread. */
final class Link implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement statement;
  private final List<String> names;

  private Link(Connection connection, PreparedStatement statement, List<String> names) {
    this.connection = connection;
    this.statement = statement;
    this.names = names;
  }

  @SuppressWarnings("resource") // closed when anything fails, else by close()
  static Link open(QuerySettings settings) throws SQLException, QueryException {
    int seconds = (int) Math.max(1, settings.patience().toSeconds());
    Connection connection = DriverManager.getConnection(settings.url(), login(settings, seconds));
    try {
      connection.setReadOnly(true);
      PreparedStatement statement = connection.prepareStatement(settings.query().sql());
      statement.setQueryTimeout(seconds);
      statement.setMaxRows(1);
      return new Link(connection, statement, settings.query().names());
    } catch (SQLException | RuntimeException e) {
      close(connection);
      throw e;
    }
  }

  /** Whether there is a row. */
  boolean hasRow(Map<String, String> values) throws SQLException {
    for (int i = 0; i < names.size(); i++) {
      statement.setString(i + 1, values.getOrDefault(names.get(i), ""));
    }
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  @Override
  public void close() {
    close(connection);
  }

  /** What is wrong, as part of a sentence. */
  static String words(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    boolean missing =
        e instanceof SQLiteException file
            && file.getResultCode() == SQLiteErrorCode.SQLITE_CANTOPEN;
    return missing ? "the file cannot be opened" : message;
  }

  private static Properties login(QuerySettings settings, int seconds) throws QueryException {
    if (settings.url().startsWith("jdbc:sqlite:")) {
      return file(seconds);
    }
    var properties = new Properties();
    if (!settings.login().user().isEmpty()) {
      properties.setProperty("user", settings.login().user());
    }
    String password = settings.login().password();
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "backstop");
    properties.setProperty("connectTimeout", "" + seconds);
    properties.setProperty("loginTimeout", "" + seconds);
    properties.setProperty("socketTimeout", "" + (seconds + 1));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  /** Without this SQLite would make a file that is missing, and ask that. */
  private static Properties file(int seconds) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(seconds * 1000);
    return config.toProperties();
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException _) {
      // it is given up anyway
    }
  }
}
