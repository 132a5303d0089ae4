package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.KEY;
import static dev.backstop.store.Fixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that claims more than it knows turns into refused genuine mail. */
class JournalCompletenessTest {
  private static final String DOMAIN = "sender.example";
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  private Instant nextSecond() {
    return clock.instant().plusSeconds(1);
  }

  @Test
  void beginsWithTheFirstMailOfADomain() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      assertThat(store.journal().completeSince(DOMAIN)).isEmpty();
      clock.step(Duration.ofSeconds(10));
      Instant first = nextSecond();
      store.journal().record(entry("<1@x.example>", clock.instant(), BOB));
      clock.step(Duration.ofSeconds(10));
      store.journal().record(entry("<2@x.example>", clock.instant(), BOB));
      assertThat(store.journal().completeSince("Sender.EXAMPLE")).contains(first);
      assertThat(store.journal().completeSince("elsewhere.example")).isEmpty();
    }
  }

  @Test
  void beginsForNamedDomainsAndForgetsTheOthers() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.journal().begin(List.of("a.example", "b.example"));
      Instant begun = nextSecond();
      clock.step(Duration.ofSeconds(30));
      store.journal().begin(List.of("B.example", "c.example"));
      assertThat(store.journal().completeSince("a.example")).isEmpty();
      assertThat(store.journal().completeSince("b.example")).contains(begun);
      assertThat(store.journal().completeSince("c.example")).contains(nextSecond());
    }
  }

  @Test
  void aShortPauseChangesNothingALongOneStartsAnew() throws Exception {
    Optional<Instant> begun = begin();
    clock.step(Duration.ofSeconds(119));
    assertThat(reopened(StoreSettings.DEFAULTS)).isEqualTo(begun);
    clock.step(Duration.ofMinutes(2));
    assertThat(reopened(StoreSettings.DEFAULTS)).contains(nextSecond());
  }

  @Test
  void theHeartbeatKeepsALongRunFromLookingLikeAPause() throws Exception {
    Optional<Instant> begun;
    try (Store store = Fixture.open(directory, clock)) {
      store.journal().begin(List.of(DOMAIN));
      begun = store.journal().completeSince(DOMAIN);
      clock.step(Duration.ofHours(1));
      long expected = clock.instant().getEpochSecond();
      Fixture.await(() -> Fixture.number(directory, "SELECT heartbeat FROM state") == expected);
    }
    assertThat(reopened(StoreSettings.DEFAULTS)).isEqualTo(begun);
  }

  @Test
  void noPauseIsToleratedWhenMailPassesWhileWeAreDown() throws Exception {
    begin();
    clock.step(Duration.ofSeconds(1));
    var strict =
        new StoreSettings(
            Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(30), 1_000, Duration.ZERO);
    assertThat(reopened(strict)).contains(nextSecond());
  }

  @Test
  void aClockSetBackStartsAnew() throws Exception {
    begin();
    clock.step(Duration.ofDays(-3));
    assertThat(reopened(StoreSettings.DEFAULTS)).contains(nextSecond());
  }

  @Test
  void killedBeforeTheStoreWorkedAgainStartsAnew() throws Exception {
    begin();
    // What a failed record() leaves behind when the process does not live to see the store recover.
    Files.delete(directory.resolve("journal.complete"));
    clock.step(Duration.ofSeconds(1));
    assertThat(reopened(StoreSettings.DEFAULTS)).contains(nextSecond());
    assertThat(directory.resolve("journal.complete")).exists();
  }

  @Test
  void anotherKeyStartsAnewBecauseNothingIsFoundAnyMore() throws Exception {
    begin();
    clock.step(Duration.ofSeconds(1));
    byte[] other = KEY.clone();
    other[0]++;
    try (Store store = Store.open(directory, other, StoreSettings.DEFAULTS, clock, Fixture.QUICK)) {
      assertThat(store.journal().completeSince(DOMAIN)).isEmpty();
      store.journal().begin(List.of(DOMAIN));
      assertThat(store.journal().completeSince(DOMAIN)).contains(nextSecond());
    }
    // Back with the first key: its domain was not named in between.
    assertThat(reopened(StoreSettings.DEFAULTS)).isEmpty();
  }

  private Optional<Instant> begin() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.journal().begin(List.of(DOMAIN));
      return store.journal().completeSince(DOMAIN);
    }
  }

  private Optional<Instant> reopened(StoreSettings settings) throws Exception {
    try (Store store = Store.open(directory, KEY, settings, clock, Fixture.QUICK)) {
      return store.journal().completeSince(DOMAIN);
    }
  }
}
