package dev.backstop.store;

import static dev.backstop.store.Fixture.ALICE;
import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.KEY;
import static dev.backstop.store.Fixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.store.JournalLookup.SentTo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExpiryTest {
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void anOldRowIsNotFoundAndThenDeleted() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      for (int i = 0; i < 1_200; i++) {
        store.journal().record(entry("<old" + i + "@x.example>", clock.instant(), BOB));
      }
      clock.step(Duration.ofDays(30));
      assertThat(store.journal().lookup("<old7@x.example>", List.of(BOB)))
          .isInstanceOf(SentTo.class);
      clock.step(Duration.ofSeconds(1));
      assertThat(store.journal().lookup("<old7@x.example>", List.of(BOB)))
          .isEqualTo(JournalLookup.UNKNOWN);
      store.journal().record(entry("<new@x.example>", clock.instant(), BOB));
      clock.step(Duration.ofDays(1));
      Fixture.await(() -> Fixture.number(directory, "SELECT count(*) FROM journal") == 1);
      Fixture.await(() -> Fixture.number(directory, "SELECT count(*) FROM correspondence") == 2);
      assertThat(store.counters().expired()).isEqualTo(1_200 + 2);
      assertThat(store.journal().lookup("<new@x.example>", List.of(BOB)))
          .isInstanceOf(SentTo.class);
    }
  }

  /** One step took as long as a whole day has rows, when the key was not used up to its end. */
  @ParameterizedTest
  @EnumSource
  void oneStepTouchesOnlyTheRowsThatItDeletes(DailyTable table) throws Exception {
    Fixture.open(directory, clock).close();
    try (Session session = Fixture.other(directory);
        var plan = session.statement("EXPLAIN QUERY PLAN " + table.delete).executeQuery()) {
      assertThat(plan.getString("detail"))
          .containsPattern("USING PRIMARY KEY \\(\\(day,\\w+,\\w+\\)<\\(\\?,\\?,\\?\\)\\)");
    }
  }

  @Test
  void sendersOfUntaggedMailAreForgottenToo() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store
          .journal()
          .record(new JournalEntry("<1@x.example>", ALICE, List.of(BOB), clock.instant(), false));
      clock.step(Duration.ofDays(31));
      Fixture.await(() -> Fixture.number(directory, "SELECT count(*) FROM untagged") == 0);
    }
  }

  @Test
  void oldEventsAndEventsBeyondTheNumberKeptAreDeleted() throws Exception {
    var few =
        new StoreSettings(
            Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(2), 10, Duration.ofMinutes(2));
    try (Store store = Store.open(directory, KEY, few, clock, Fixture.QUICK)) {
      for (int i = 0; i < 25; i++) {
        store.events().append(EventLogTest.event(clock.instant(), "192.0.2." + i));
      }
      Fixture.await(() -> store.counters().eventsWritten() == 25);
      clock.step(Duration.ofMinutes(1));
      Fixture.await(() -> store.events().recent(100).size() == 10);
      assertThat(store.events().recent(1).getFirst().peer()).isEqualTo("192.0.2.24");
      clock.step(Duration.ofDays(2));
      Fixture.await(() -> store.events().recent(100).isEmpty());
    }
  }
}
