package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportersTest {
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void countsOutliveTheStoreAndNewOnesReplaceThem() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.reporters().save(List.of(count("192.0.2.7", 3.5), count("192.0.2.8", 1)), List.of());
      store.reporters().save(List.of(count("192.0.2.7", 4.25)), List.of("192.0.2.8", "no such"));
    }
    try (Store again = Fixture.open(directory, clock)) {
      assertThat(again.reporters().load(10)).containsExactly(count("192.0.2.7", 4.25));
      assertThat(again.counters().rowsWritten()).isZero();
    }
  }

  @Test
  void allAreForgottenAtOnce() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.reporters().save(List.of(count("a", 1), count("b", 1)), List.of());
      assertThat(store.reporters().load(1)).as("no more than wanted").hasSize(1);
      store.reporters().clear();
      assertThat(store.reporters().load(10)).isEmpty();
    }
  }

  @Test
  void oneSaveIsBoundedSoThatMailNeverWaitsForMany() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      var many = Collections.nCopies(Reporters.MOST_AT_ONCE + 1, count("a", 1));
      assertThatThrownBy(() -> store.reporters().save(many, List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aStoreThatIsReadOnlyShowsThemAndRefusesToChangeThem() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.reporters().save(List.of(count("192.0.2.7", 2)), List.of());
    }
    try (Store store = Store.openReadOnly(directory, Fixture.KEY, StoreSettings.DEFAULTS, clock)) {
      assertThat(store.reporters().load(10)).containsExactly(count("192.0.2.7", 2));
      assertThatThrownBy(() -> store.reporters().clear())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("read only");
    }
  }

  private ReporterCount count(String host, double backscatter) {
    return new ReporterCount(host, "mx.example.net", backscatter, 0.5, clock.instant());
  }
}
