package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpisodesTest {
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void anAttackIsWrittenInThePlaceOfWhatWasKnownAndListedNewestFirst() throws Exception {
    Instant now = clock.instant();
    try (Store store = Fixture.open(directory, clock)) {
      store.episodes().save(episode("1", now, null, 20));
      store.episodes().save(episode("2", now.plusSeconds(9), null, 20));
      EpisodeRow ended = episode("1", now, now.plusSeconds(60), 500);
      store.episodes().save(ended);
      assertThat(store.episodes().list(Instant.EPOCH, 10))
          .containsExactly(episode("2", now.plusSeconds(9), null, 20), ended);
      assertThat(store.episodes().list(Instant.EPOCH, 1)).hasSize(1);
      assertThat(store.episodes().running()).extracting(EpisodeRow::id).containsExactly("2");
      assertThat(store.episodes().find("1")).contains(ended);
      assertThat(store.episodes().find("3")).isEmpty();
    }
    try (Store again = Store.openReadOnly(directory, Fixture.KEY, StoreSettings.DEFAULTS, clock)) {
      assertThat(again.episodes().find("1")).isPresent();
      assertThatThrownBy(() -> again.episodes().save(episode("4", now, null, 1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("read only");
    }
  }

  @Test
  void theListHasWhatRunsAndWhatWasSeenSince() throws Exception {
    Instant now = clock.instant();
    try (Store store = Fixture.open(directory, clock)) {
      store.episodes().save(episode("old", now.minusSeconds(999), now.minusSeconds(900), 20));
      store.episodes().save(episode("runs", now.minusSeconds(999), null, 20));
      store.episodes().save(episode("new", now, now, 20));
      assertThat(store.episodes().list(now.minusSeconds(60), 10))
          .extracting(EpisodeRow::id)
          .containsExactly("new", "runs");
    }
  }

  @Test
  void anOldAttackExpiresAsEventsDo() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.episodes().save(episode("1", clock.instant(), null, 20));
      clock.step(Duration.ofDays(15));
      store.episodes().save(episode("2", clock.instant(), null, 20));
      clock.step(Duration.ofDays(15).plusSeconds(1));
      Fixture.await(() -> store.episodes().list(Instant.EPOCH, 10).size() == 1);
      assertThat(store.episodes().find("2")).isPresent();
    }
  }

  @Test
  void onlyTheLatestAreKept() throws Exception {
    int more = 700;
    try (Store store = Fixture.open(directory, clock)) {
      try (Session session = Fixture.other(directory)) {
        fill(session, EpisodeTable.MOST_KEPT + more);
      }
      clock.step(Duration.ofMinutes(1));
      Fixture.await(() ->
          Fixture.number(directory, "SELECT count(*) FROM episode")
              == EpisodeTable.MOST_KEPT + 200);
      clock.step(Duration.ofMinutes(1));
      Fixture.await(() ->
          Fixture.number(directory, "SELECT count(*) FROM episode") == EpisodeTable.MOST_KEPT);
      assertThat(store.episodes().find("0")).as("the oldest").isEmpty();
    }
  }

  @Test
  void whatIsUsualReplacesWhatWas() throws Exception {
    Instant now = clock.instant();
    var first = new UsualRow("address", -7, 1.5, 20.25, 0, 0, null, now, now.minusSeconds(5));
    var second = new UsualRow("domain", Long.MAX_VALUE, 2, 3, 4, 5, now, now, now);
    try (Store store = Fixture.open(directory, clock)) {
      store.episodes().saveUsual(List.of(first));
      store.episodes().saveUsual(List.of(first, second));
      assertThat(store.episodes().usual()).containsExactlyInAnyOrder(first, second);
      store.episodes().saveUsual(List.of());
      assertThat(store.episodes().usual()).isEmpty();
    }
  }

  @Test
  void aFileOfAnEarlierReleaseHasNone() throws Exception {
    Fixture.open(directory, clock).close();
    try (Session session = Fixture.other(directory)) {
      session.execute("DROP TABLE episode");
    }
    try (Store store = Store.openReadOnly(directory, Fixture.KEY, StoreSettings.DEFAULTS, clock)) {
      assertThat(store.episodes().list(Instant.EPOCH, 10)).isEmpty();
      assertThat(store.episodes().find("1")).isEmpty();
    }
  }

  @Test
  void whatIsTooLongIsCut() {
    Instant now = clock.instant();
    String huge = "x".repeat(EpisodeRow.MOST_DETAILS + 1);
    EpisodeRow row = new EpisodeRow("1", "domain", huge, now, now, null, 1, huge);
    assertThat(row.name()).hasSize(512);
    assertThat(row.details()).isEqualTo("{}");
    assertThatThrownBy(() -> new EpisodeRow("", "domain", "a", now, now, null, 1, "{}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void fill(Session session, int rows) throws Exception {
    session.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d - 1)
        INSERT INTO episode SELECT i, 'domain', 'ours.example', %d + i, %d + i, NULL, 1, '{}' FROM n
        """
            .formatted(rows, clock.instant().toEpochMilli(), clock.instant().toEpochMilli()));
  }

  private static EpisodeRow episode(
      String id, Instant began, @Nullable Instant ended, long messages) {
    return new EpisodeRow(
        id,
        "address",
        "anna@ours.example",
        began,
        ended == null ? began : ended,
        ended,
        messages,
        "{\"peak\":3}");
  }
}
