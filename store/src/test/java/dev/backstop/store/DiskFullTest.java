package dev.backstop.store;

import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstop.store.JournalLookup.SentTo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFullTest {
  private static final int ENOUGH = 100_000;
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void aFullFileFailsLoudlyKeepsWhatItHasAndWorksAgainWhenOldRowsAreGone() throws Exception {
    var small = new Tuning(Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMillis(50), 40);
    var heard = Fixture.listen();
    try (Store store = Fixture.open(directory, clock, small)) {
      int written = fill(store);
      assertThat(Fixture.errors(heard)).anyMatch(said -> said.contains("the disk is full"));
      assertFound(store, written);
      clock.step(Duration.ofDays(40));
      Fixture.await(() -> Fixture.recorded(store, entry("<new@x.example>", clock.instant(), BOB)));
      assertThat(store.journal().lookup("<new@x.example>", List.of(BOB)))
          .isInstanceOf(SentTo.class);
    }
  }

  @Test
  void aFullDiskFailsLoudlyKeepsWhatItHasAndWorksAgainWhenThereIsRoom() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("small"));
    boolean possible = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mounted.toString());
    if (!possible) {
      System.out.println("DiskFullTest: skipped on a real full disk, cannot mount a tmpfs here");
    }
    assumeTrue(possible);
    try {
      Path ballast = Files.write(mounted.resolve("ballast"), new byte[300_000]);
      Path data = mounted.resolve("data");
      int written;
      try (Store store = Fixture.open(data, clock)) {
        store.journal().begin(List.of("sender.example"));
        clock.step(Duration.ofSeconds(5));
        written = fill(store);
        assertThat(store.journal().completeSince("sender.example")).isEmpty();
        assertThat(data.resolve("journal.complete")).doesNotExist();
        assertFound(store, written);
        Files.delete(ballast);
        Fixture.await(
            () -> Fixture.recorded(store, entry("<new@x.example>", clock.instant(), BOB)));
        Fixture.await(() -> store.journal().completeSince("sender.example").isPresent());
        assertThat(store.journal().completeSince("sender.example"))
            .contains(clock.instant().plusSeconds(1));
      }
      try (Store store = Fixture.open(data, clock)) {
        assertFound(store, written);
      }
    } finally {
      run("umount", "-l", mounted.toString());
    }
  }

  /** Number of entries recorded before the first that was not. */
  private int fill(Store store) {
    int written = 0;
    while (Fixture.recorded(store, entry("<" + written + "@x.example>", clock.instant(), BOB))) {
      written++;
      assertThat(written).isLessThan(ENOUGH);
    }
    assertThatThrownBy(
            () -> {
              while (true) { // the probe may just have succeeded, as it needs no room
                store.journal().record(entry("", clock.instant(), BOB));
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessage("the disk is full");
    return written;
  }

  private static void assertFound(Store store, int written) throws StoreException {
    assertThat(written).isPositive();
    for (int i = 0; i < written; i++) {
      assertThat(store.journal().lookup("<" + i + "@x.example>", List.of(BOB)))
          .isInstanceOf(SentTo.class);
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
