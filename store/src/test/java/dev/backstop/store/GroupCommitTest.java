package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  private static final int CALLERS = 4_000;
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void everythingThatWaitsIsOneCommit() throws Exception {
    var patient =
        new Tuning(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(1), 0);
    try (Store store = Fixture.open(directory, clock, patient);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        Session other = Fixture.other(directory)) {
      other.execute("BEGIN IMMEDIATE");
      var waiting = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < CALLERS; i++) {
        JournalEntry entry = entry("<" + i + "@x.example>", clock.instant(), BOB);
        waiting.add(threads.submit((Callable<Boolean>) () -> Fixture.recorded(store, entry)));
      }
      // Each touches three rows. The writer has taken a first batch, of unknown size, and waits for
      // the lock with it.
      Fixture.await(() -> store.counters().queueDepth() >= 3 * CALLERS - Writer.ROWS);
      other.execute("COMMIT");
      for (Future<Boolean> caller : waiting) {
        assertThat(caller.get()).isTrue();
      }
      assertThat(store.counters().rowsWritten()).isEqualTo(CALLERS);
      assertThat(store.counters().commits()).isLessThan(CALLERS / 100);
      for (int i = 0; i < CALLERS; i++) {
        assertThat(store.journal().lookup("<" + i + "@x.example>", List.of(BOB)))
            .isInstanceOf(JournalLookup.SentTo.class);
      }
    }
  }
}
