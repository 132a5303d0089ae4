package dev.backstop.server.recipients.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With a SQLite file that the store's own driver made: tests of the query itself are there. */
class SqlSourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "anna@ours.test, true",
    "ANNA@ours.test, true",
    "anna+news@ours.test, true",
    "'\"anna\"@ours.test', true",
    "bob@ours.test, false",
    "anna@other.test, false",
  })
  void theQueryIsAskedWithLowerCaseAddressesAndWithoutDetail(String address, boolean exists)
      throws Exception {
    try (var source = source("select 1 where :address in ('anna@ours.test') and :local = 'anna'")) {
      assertThat(source.ask(Wanted.of(Mailbox.parse(address), "+"), LIMIT))
          .isInstanceOf(exists ? Finding.Known.class : Finding.Unknown.class);
    }
  }

  @Test
  void aDatabaseThatFailsTellsNobodyThatHeDoesNotExist() throws Exception {
    try (var source = source("select 1 from nowhere where mail = :address")) {
      assertThat(source.ask(Wanted.of(Mailbox.parse("anna@ours.test"), "+"), LIMIT))
          .isInstanceOfSatisfying(
              Finding.Failed.class,
              failed ->
                  assertThat(failed.detail())
                      .startsWith("the database does not answer: ")
                      .contains("nowhere"));
    }
  }

  @Test
  void theParametersOfAUrlAreNotShown() throws Exception {
    try (var source = source("select :address")) {
      assertThat(source.place()).isEqualTo("jdbc:sqlite:" + folder.resolve("users.db"));
    }
  }

  private SqlSource source(String query) throws Exception {
    Path database = folder.resolve("users.db");
    Files.write(database, new byte[0]); // an empty file is an empty database
    Path file = folder.resolve("backstop.toml");
    Files.writeString(
        file,
        """
        [recipients.sql]
        url = "jdbc:sqlite:%s?busy_timeout=100"
        query = "%s"
        """
            .formatted(database, query));
    return new SqlSource(ConfigReader.read(file).recipients().sql(), LIMIT);
  }
}
