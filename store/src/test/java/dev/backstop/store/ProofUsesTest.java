package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often one mail of ours was shown as a proof. */
class ProofUsesTest {
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;
  private Store store;

  @BeforeEach
  void open() throws Exception {
    store = Fixture.open(directory, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void countsOtherAnswersToOneProofUpToABound() throws Exception {
    for (long answer = 1; answer <= 5; answer++) {
      store.proofUses().add("tag a", answer, clock.instant());
    }
    store.proofUses().add("tag a", 3, clock.instant()); // tried again
    store.proofUses().add("tag b", 9, clock.instant());

    assertThat(store.proofUses().others("tag a", 3, 100)).isEqualTo(4);
    assertThat(store.proofUses().others("tag a", 77, 100)).isEqualTo(5);
    assertThat(store.proofUses().others("tag a", 77, 2)).isEqualTo(2);
    assertThat(store.proofUses().others("tag c", 77, 100)).isZero();
  }

  @Test
  void countsOverDaysAndRestartsAndForgetsWithTheJournal() throws Exception {
    store.proofUses().add("tag a", 1, clock.instant());
    clock.step(Duration.ofDays(6));
    store.proofUses().add("tag a", 2, clock.instant());
    store.close();
    store = Fixture.open(directory, clock);
    assertThat(store.proofUses().others("tag a", 0, 100)).isEqualTo(2);

    clock.step(StoreSettings.DEFAULTS.journalKeep().minusDays(3));
    Fixture.await(() -> Fixture.number(directory, "SELECT count(*) FROM proof_use") == 1);
    assertThat(store.proofUses().others("tag a", 0, 100)).isEqualTo(1);
  }

  @Test
  void aClosedStoreCannotTell() {
    store.close();
    assertThatThrownBy(() -> store.proofUses().others("tag a", 0, 1))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.proofUses().add("tag a", 0, clock.instant()))
        .isInstanceOf(StoreException.class);
  }
}
