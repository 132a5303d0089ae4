package dev.backstop.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowQueryTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final NamedQuery QUERY =
      NamedQuery.parse("select 1 from users where local = :local and domain = :domain");

  @TempDir Path folder;

  @Test
  void aRowMeansYes() throws Exception {
    Path file = users();
    try (var query = sqlite(file, 2)) {
      assertThat(query.hasRow(of("anna"), LIMIT)).isTrue();
      assertThat(query.hasRow(of("bob"), LIMIT)).isFalse();
      assertThat(query.hasRow(of("x' or '1'='1"), LIMIT)).isFalse();
      assertThat(query.hasRow(Map.of(), LIMIT)).isFalse();
    }
  }

  @Test
  void manyAskAtTheSameTime() throws Exception {
    Path file = users();
    var yes = new AtomicInteger();
    try (var query = sqlite(file, 3)) {
      var done = new CountDownLatch(200);
      for (int i = 0; i < 200; i++) {
        Thread.startVirtualThread(() -> {
          try {
            yes.addAndGet(query.hasRow(of("anna"), LIMIT) ? 1 : 0);
          } catch (QueryException e) {
            throw new AssertionError(e);
          } finally {
            done.countDown();
          }
        });
      }
      done.await();
    }
    assertThat(yes).hasValue(200);
  }

  @Test
  void aFileThatIsMissingIsNotMade() {
    Path file = folder.resolve("none.db");
    try (var query = sqlite(file, 1)) {
      assertThatThrownBy(() -> query.hasRow(of("anna"), LIMIT))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("cannot be opened");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aTableThatIsMissingIsAFaultAndLaterADatabaseThatWorks() throws Exception {
    Path file = folder.resolve("users.db");
    run(file, "create table others (a)");
    try (var query = sqlite(file, 1)) {
      assertThatThrownBy(() -> query.hasRow(of("anna"), LIMIT)).hasMessageContaining("users");
      Files.delete(file);
      users();
      assertThat(query.hasRow(of("anna"), LIMIT)).isTrue();
    }
  }

  @Test
  void whoIsLockedOutWaitsNoLongerThanSaid() throws Exception {
    Path file = users();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement();
        var query = sqlite(file, 1)) {
      statement.execute("begin exclusive");
      assertThatThrownBy(() -> query.hasRow(of("anna"), Duration.ofMillis(50)))
          .hasMessageContaining("no answer within 50 ms");
      statement.execute("rollback");
    }
  }

  @Test
  void afterTheEndNobodyIsAsked() throws Exception {
    var query = sqlite(users(), 1);
    query.close();
    assertThatThrownBy(() -> query.hasRow(of("anna"), LIMIT))
        .hasMessage("it is not asked any more");
  }

  private Path users() throws Exception {
    Path file = folder.resolve("users.db");
    run(file, "create table users (local text, domain text)");
    run(file, "insert into users values ('anna', 'example.com')");
    return file;
  }

  private static void run(Path file, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Map<String, String> of(String local) {
    return Map.of("local", local, "domain", "example.com");
  }

  private static RowQuery sqlite(Path file, int connections) {
    return new RowQuery(
        new QuerySettings("jdbc:sqlite:" + file, QUERY, new Nobody(), connections, LIMIT));
  }

  private record Nobody() implements QuerySettings.Login {
    @Override
    public String user() {
      return "";
    }

    @Override
    public String password() {
      return "";
    }
  }
}
