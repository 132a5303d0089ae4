package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.store.JournalLookup.SentTo;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  private final SteppedClock clock = new SteppedClock();
  private final Hashes hashes = new Hashes(KEY);
  @TempDir private Path directory;

  @Test
  void versionOneBecomesTheNewestAndKeepsItsRows() throws Exception {
    makeVersionOne();
    try (Store store = Fixture.open(directory, clock)) {
      assertThat(store.journal().lookup("<1@x.example>", List.of(BOB)))
          .isEqualTo(new SentTo(BOB, clock.instant()));
      store.events().append(EventLogTest.event(clock.instant(), "192.0.2.1"));
    }
    assertThat(Fixture.number(directory, "PRAGMA user_version")).isEqualTo(Schema.VERSION);
    assertThat(Fixture.number(directory, "SELECT count(*) FROM event")).isEqualTo(1);
  }

  @Test
  void aStepThatFailsLeavesTheVersionBeforeIt() throws Exception {
    makeVersionOne();
    try (Session session = Fixture.other(directory)) {
      session.execute("CREATE TABLE event (other TEXT)"); // in the way of step 2
    }
    assertThatThrownBy(() -> Fixture.open(directory, clock))
        .isInstanceOf(UnableToOpenStoreException.class);
    assertThat(Fixture.number(directory, "PRAGMA user_version")).isEqualTo(1);
    assertThat(Fixture.number(directory, "SELECT count(*) FROM journal")).isEqualTo(1);
  }

  @Test
  void aLaterReleasesFileIsRefusedAndLeftAlone() throws Exception {
    Fixture.open(directory, clock).close();
    try (Session session = Fixture.other(directory)) {
      session.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> Fixture.open(directory, clock))
        .isInstanceOf(UnableToOpenStoreException.class)
        .hasMessageContaining("version 99")
        .hasMessageContaining("backstop.db")
        .hasMessageContaining("Install the release that made it");
    assertThatThrownBy(
            () -> Store.openReadOnly(directory, KEY, StoreSettings.DEFAULTS, clock).close())
        .isInstanceOf(UnableToOpenStoreException.class)
        .hasMessageContaining("version 99");
    assertThat(Fixture.number(directory, "PRAGMA user_version")).isEqualTo(99);
  }

  /** As the first version made it, written out: the code may change, this must not. */
  private void makeVersionOne() throws SQLException {
    long now = clock.instant().getEpochSecond();
    try (Session session = Fixture.other(directory)) {
      session.execute(
          """
          CREATE TABLE journal (day INTEGER NOT NULL, message BLOB NOT NULL,
            recipient INTEGER NOT NULL, sender INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (day, message, recipient)) STRICT, WITHOUT ROWID\
          """);
      session.execute(
          "CREATE TABLE untagged (sender INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT");
      session.execute(
          "CREATE TABLE domain (name INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT");
      session.execute(
          """
          CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), key_check INTEGER NOT NULL,
            heartbeat INTEGER NOT NULL, complete_from INTEGER NOT NULL) STRICT\
          """);
      session.execute(
          "INSERT INTO state VALUES (1, %d, %d, %d)".formatted(hashes.keyCheck(), now, now));
      session.execute(
          "INSERT INTO journal VALUES (%d, x'%s', %d, 7, %d)"
              .formatted(
                  now / 86_400,
                  HexFormat.of().formatHex(hashes.message("<1@x.example>")),
                  hashes.recipient(BOB),
                  now));
      session.execute("PRAGMA user_version = 1");
    }
  }
}
