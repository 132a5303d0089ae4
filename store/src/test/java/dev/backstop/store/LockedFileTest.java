package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFileTest {
  private static final String DOMAIN = "sender.example";
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void failsWithinBoundThenAtOnceThenRecoversAndIsCompleteOnlySince() throws Exception {
    var heard = Fixture.listen();
    try (Store store = Fixture.open(directory, clock)) {
      store.journal().begin(List.of(DOMAIN));
      Instant failed;
      try (Session other = Fixture.other(directory)) {
        other.execute("BEGIN EXCLUSIVE");
        clock.step(Duration.ofSeconds(10));
        failed = clock.instant();
        assertThatThrownBy(() -> store.journal().record(entry("<1@x.example>", failed, BOB)))
            .isInstanceOf(StoreException.class)
            .hasMessage("another program has locked it");
        assertThat(store.health())
            .isEqualTo(new Health.Failing("another program has locked it", failed));
        assertThat(directory.resolve("journal.complete")).doesNotExist();
        assertThat(store.journal().completeSince(DOMAIN)).isEmpty();
        assertThat(Fixture.recorded(store, entry("<2@x.example>", failed, BOB))).isFalse();
        assertThat(store.counters().failures()).isEqualTo(2);
        // Reading goes on.
        assertThat(store.journal().lookup("<1@x.example>", List.of(BOB)))
            .isEqualTo(JournalLookup.UNKNOWN);
        clock.step(Duration.ofSeconds(10));
      }
      Fixture.await(() -> Fixture.recorded(store, entry("<3@x.example>", failed, BOB)));
      assertThat(store.health()).isEqualTo(Health.OK);
      Fixture.await(() -> store.journal().completeSince(DOMAIN).isPresent());
      assertThat(store.journal().completeSince(DOMAIN)).contains(clock.instant().plusSeconds(1));
      assertThat(store.journal().lookup("<3@x.example>", List.of(BOB)))
          .isInstanceOf(JournalLookup.SentTo.class);
      assertThat(directory.resolve("journal.complete")).exists();
    }
    assertThat(Fixture.errors(heard))
        .anyMatch(said -> said.contains("backstop.db fails") && said.contains("locked"));
  }

  @Test
  void aDiskThatHangsHoldsNoCallerForLong() throws Exception {
    var hanging =
        new Tuning(Duration.ofMillis(100), Duration.ofSeconds(60), Duration.ofMillis(50), 0);
    try (Store store = Fixture.open(directory, clock, hanging);
        Session other = Fixture.other(directory)) {
      other.execute("BEGIN EXCLUSIVE");
      Fixture.await(() -> {
        boolean recorded = Fixture.recorded(store, entry("<1@x.example>", clock.instant(), BOB));
        assertThat(recorded).isFalse();
        return store.health() instanceof Health.Failing;
      });
      // The writer hangs still, and nobody waits for it.
      assertThatThrownBy(() -> store.journal().record(entry("<2@x.example>", clock.instant(), BOB)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the disk did not answer");
      other.execute("COMMIT");
      Fixture.await(() -> Fixture.recorded(store, entry("<3@x.example>", clock.instant(), BOB)));
    }
  }

  @Test
  void lockedWhenOpenedSaysSo() throws Exception {
    Fixture.open(directory, clock).close();
    try (Session other = Fixture.other(directory)) {
      other.execute("BEGIN EXCLUSIVE");
      assertThatThrownBy(() -> Fixture.open(directory, clock))
          .isInstanceOf(UnableToOpenStoreException.class)
          .hasMessageContaining(
              "backstop.db: another program has locked it. End the other program");
    }
    Fixture.open(directory, clock).close();
  }
}
