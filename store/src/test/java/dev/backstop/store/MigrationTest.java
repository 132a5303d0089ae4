package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.store.JournalLookup.SentTo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
    makeRow();
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
    makeRow();
    try (Session session = Fixture.other(directory)) {
      session.execute("CREATE TABLE event (other TEXT)"); // in the way of step 2
    }
    assertThatThrownBy(() -> Fixture.open(directory, clock))
        .isInstanceOf(UnableToOpenStoreException.class);
    assertThat(Fixture.number(directory, "PRAGMA user_version")).isEqualTo(1);
    assertThat(Fixture.number(directory, "SELECT count(*) FROM journal")).isEqualTo(1);
  }

  /** Else each answer to mail sent before would be "not in a complete journal": refused. */
  @Test
  void whereRowsAreNotFoundAnyMoreCompletenessStartsAnew() throws Exception {
    makeVersionOne();
    makeRow();
    clock.step(Duration.ofSeconds(30));
    var heard = Fixture.listen();
    Fixture.open(directory, clock).close();
    assertThat(completeFrom()).isEqualTo(clock.instant().getEpochSecond() + 1);
    assertThat(heard.list)
        .map(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "the journal counts as complete from now only: this release compares Message-IDs in"
                + " another way, so those of earlier mail are not found any more");
    long migrated = completeFrom();
    clock.step(Duration.ofSeconds(30));
    Fixture.open(directory, clock).close();
    assertThat(completeFrom()).as("only once").isEqualTo(migrated);
  }

  @Test
  void aFileWithoutRowsIsAsCompleteAsBefore() throws Exception {
    makeVersionOne();
    long before = completeFrom();
    clock.step(Duration.ofSeconds(30));
    Fixture.open(directory, clock).close();
    assertThat(completeFrom()).isEqualTo(before);
  }

  private long completeFrom() throws SQLException {
    return Fixture.number(directory, "SELECT complete_from FROM state");
  }

  /** To count them as if nothing would have been refused would make enforcing look safe. */
  @Test
  void anEventOfVersionThreeDoesNotSayWhatEnforcingWouldHaveDone() throws Exception {
    makeVersionOne();
    try (Session session = Fixture.other(directory)) {
      session.execute(
          """
          CREATE TABLE event (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, verdict TEXT NOT NULL,
            action TEXT NOT NULL, mode TEXT NOT NULL, form TEXT NOT NULL, domain TEXT NOT NULL,
            sender TEXT, recipient TEXT, peer TEXT, queue_id TEXT, message_id TEXT,
            evidence TEXT NOT NULL, explanation TEXT NOT NULL) STRICT\
          """);
      session.execute("CREATE INDEX event_at ON event (at, domain, verdict, action, peer)");
      session.execute(
          """
          CREATE TABLE arrival (day INTEGER NOT NULL, message BLOB NOT NULL,
            sender INTEGER NOT NULL, author INTEGER NOT NULL, spf TEXT NOT NULL,
            dkim TEXT NOT NULL, dmarc TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (day, message, sender)) STRICT, WITHOUT ROWID\
          """);
      session.execute(
          "INSERT INTO event VALUES (7, 1000, 'unproven', 'passed', 'observe', 'bounce',"
              + " 'sender.example', '<>', 'a@sender.example', NULL, NULL, NULL, '[]', 'Why.')");
      session.execute("PRAGMA user_version = 3");
    }
    try (Store store = Fixture.open(directory, clock)) {
      Event event = store.events().recent(1).getFirst();
      assertThat(event.enforced()).isEqualTo(Verdict.UNPROVEN);
      assertThat(event.subject()).isNull();
      assertThat(store.events().outlook("sender.example", Instant.EPOCH)).isEmpty();
    }
  }

  @Test
  void anEarlierReleasesFileIsNotReadBeforeAServerHasMigratedIt() throws Exception {
    makeVersionOne();
    assertThatThrownBy(
            () -> Store.openReadOnly(directory, KEY, StoreSettings.DEFAULTS, clock).close())
        .isInstanceOf(UnableToOpenStoreException.class)
        .hasMessageContaining("earlier release. Start the server once");
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
  private void makeVersionOne() throws Exception {
    Files.createFile(directory.resolve("journal.complete"));
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
      session.execute("PRAGMA user_version = 1");
    }
  }

  private void makeRow() throws SQLException {
    long now = clock.instant().getEpochSecond();
    try (Session session = Fixture.other(directory)) {
      session.execute(
          "INSERT INTO journal VALUES (%d, x'%s', %d, 7, %d)"
              .formatted(
                  now / 86_400,
                  HexFormat.of().formatHex(hashes.message("<1@x.example>")),
                  hashes.recipient(BOB),
                  now));
    }
  }
}
