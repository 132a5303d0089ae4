package dev.backstop.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real server. */
class PostgresTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(1))
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    run("create table users (mail text primary key)");
    run("insert into users values ('anna@example.com')");
    run("create role reader login password 'right'");
    run("grant select on users to reader");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void aRowMeansYes() throws Exception {
    try (var query = query("select 1 from users where mail = :address::text")) {
      assertThat(query.hasRow(Map.of("address", "anna@example.com"), LIMIT)).isTrue();
      assertThat(query.hasRow(Map.of("address", "bob@example.com"), LIMIT)).isFalse();
      assertThat(query.hasRow(Map.of("address", "' or true or ''='"), LIMIT)).isFalse();
    }
  }

  @Test
  void aConnectionThatTheServerEndedIsOpenedAgain() throws Exception {
    try (var query = query("select 1 from users where mail = :address")) {
      assertThat(query.hasRow(Map.of("address", "anna@example.com"), LIMIT)).isTrue();
      run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'");
      assertThat(query.hasRow(Map.of("address", "anna@example.com"), LIMIT)).isTrue();
    }
  }

  @Test
  void nothingCanBeWritten() {
    try (var query =
        query("with x as (insert into users values (:address) returning 1) select * from x")) {
      assertThatThrownBy(() -> query.hasRow(Map.of("address", "eve@example.com"), LIMIT))
          .isInstanceOf(QueryException.class)
          .hasMessageMatching("(?i).*(read-only|permission denied).*");
    }
  }

  @Test
  void aSlowQueryIsGivenUp() {
    var slow = NamedQuery.parse("select 1 from pg_sleep(30) where '' <> :address");
    try (var query = new RowQuery(settings(slow, Duration.ofSeconds(1)))) {
      assertThatThrownBy(() -> query.hasRow(Map.of("address", "a"), LIMIT))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("canceling statement");
    }
  }

  private static RowQuery query(String sql) {
    return new RowQuery(settings(NamedQuery.parse(sql), LIMIT));
  }

  private static QuerySettings settings(NamedQuery query, Duration patience) {
    String url = "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    return new QuerySettings(url, query, new Reader(), 1, patience);
  }

  private static void run(String sql) throws Exception {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private record Reader() implements QuerySettings.Login {
    @Override
    public String user() {
      return "reader";
    }

    @Override
    public String password() {
      return "right";
    }
  }
}
