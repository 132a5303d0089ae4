package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.JournalLookup.SentTo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptFileTest {
  private static final int ROWS = 2_000;
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void aDamagedHeaderAtOpenIsMovedAsideAndMailGoesOn() throws Exception {
    made();
    byte[] damaged = damage(0, 100);
    var heard = Fixture.listen();
    try (Store store = Fixture.open(directory, clock)) {
      assertThat(Fixture.recorded(store, entry("<new@x.example>", clock.instant(), BOB))).isTrue();
      assertThat(store.journal().completeSince("sender.example"))
          .contains(clock.instant().plusSeconds(1));
    }
    assertThat(Fixture.errors(heard))
        .singleElement()
        .asString()
        .contains("is damaged", "moved to", "backstop.db.corrupt-20260301T120010Z");
    assertThat(directory.resolve("backstop.db.corrupt-20260301T120010Z")).hasBinaryContent(damaged);
  }

  @Test
  void aSecondDamagedFileInOneSecondDoesNotReplaceTheFirst() throws Exception {
    for (int i = 0; i < 3; i++) {
      made();
      damage(0, 100);
      Fixture.open(directory, clock).close();
      clock.step(Duration.ofSeconds(-10));
    }
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "backstop.db.corrupt-20260301T120010Z",
              "backstop.db.corrupt-20260301T120010Z-2",
              "backstop.db.corrupt-20260301T120010Z-3");
    }
  }

  /** All pages but those of the schema: found when they are used. */
  @Test
  void aDamagedMiddleIsFoundByTheFirstUseAndReplacedWhileRunning() throws Exception {
    made();
    long size = Files.size(directory.resolve("backstop.db"));
    damage(2 * 4096, (int) size - 2 * 4096);
    var heard = Fixture.listen();
    try (Store store = Fixture.open(directory, clock)) {
      replaced(store);
    }
    assertThat(Fixture.errors(heard)).anyMatch(said -> said.contains("is damaged"));
  }

  @Test
  void damageWhileRunningIsNoticedByALookup() throws Exception {
    made();
    var heard = Fixture.listen();
    try (Store store = Fixture.open(directory, clock)) {
      Fixture.await(() -> store.counters().commits() == 0 && store.counters().expired() == 0);
      long size = Files.size(directory.resolve("backstop.db"));
      damage(2 * 4096, (int) size - 2 * 4096);
      Fixture.await(() -> {
        try {
          return store
              .journal()
              .lookup("<7@x.example>", List.of(BOB))
              .equals(JournalLookup.UNKNOWN);
        } catch (StoreException _) {
          return false; // damaged, then not ready yet
        }
      });
      replaced(store);
    }
    assertThat(Fixture.errors(heard)).anyMatch(said -> said.contains("is damaged"));
  }

  private void replaced(Store store) throws Exception {
    Fixture.await(() -> Fixture.recorded(store, entry("<new@x.example>", clock.instant(), BOB)));
    Fixture.await(() -> {
      store.journal().record(entry("<newer@x.example>", clock.instant(), BOB));
      try (var files = Files.list(directory)) {
        return files.anyMatch(file -> file.toString().contains(".corrupt-"));
      }
    });
    Fixture.await(() -> store.journal().completeSince("sender.example").isPresent());
    assertThat(store.journal().completeSince("sender.example"))
        .contains(clock.instant().plusSeconds(1));
    assertThat(store.journal().lookup("<newer@x.example>", List.of(BOB)))
        .isInstanceOf(SentTo.class);
    assertThat(store.health()).isEqualTo(Health.OK);
  }

  /** A store with some hundred kilobytes in the database file, closed. */
  private void made() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      var recipients = new ArrayList<Mailbox>();
      for (int i = 0; i < ROWS; i++) {
        recipients.add(Fixture.mailbox("r" + i + "@elsewhere.example"));
      }
      store
          .journal()
          .record(entry("<7@x.example>", clock.instant(), recipients.toArray(Mailbox[]::new)));
    }
    clock.step(Duration.ofSeconds(10));
  }

  private byte[] damage(long from, int length) throws IOException {
    Path file = directory.resolve("backstop.db");
    var garbage = new byte[length];
    Arrays.fill(garbage, (byte) 0xa5);
    try (var access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(from);
      access.write(garbage);
    }
    return Files.readAllBytes(file);
  }
}
