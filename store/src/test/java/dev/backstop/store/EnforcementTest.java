package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnforcementTest {
  private final SteppedClock clock = new SteppedClock();
  private final Instant start = clock.instant();
  @TempDir private Path directory;

  @Test
  void survivesARestart() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      assertThat(store.enforcement().all()).isEmpty();
      store.enforcement().begin("A.example", start);
      store.enforcement().begin("b.example", start.plusSeconds(5));
      store.enforcement().begin("c.example", start.plusSeconds(9));
      store.enforcement().end("B.example");
      store.enforcement().end("never.example");
    }
    try (Store store = Fixture.open(directory, clock)) {
      assertThat(store.enforcement().all())
          .isEqualTo(Map.of("a.example", start, "c.example", start.plusSeconds(9)));
    }
  }

  @Test
  void aDomainThatEnforcesAlreadyDoesSoSinceItBegan() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.enforcement().begin("a.example", start);
      store.enforcement().begin("a.example", start.plusSeconds(60));
      assertThat(store.enforcement().all()).containsExactly(Map.entry("a.example", start));
    }
  }

  @Test
  void aReaderSeesItButCannotChangeIt() throws Exception {
    try (Store store = Fixture.open(directory, clock);
        Store reader = Store.openReadOnly(directory, Fixture.KEY, StoreSettings.DEFAULTS, clock)) {
      store.enforcement().begin("a.example", start);
      assertThat(reader.enforcement().all()).containsKey("a.example");
      assertThatThrownBy(() -> reader.enforcement().end("a.example"))
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void whatCouldNotBeWrittenIsSaid() throws Exception {
    Store store = Fixture.open(directory, clock);
    store.close();
    assertThatThrownBy(() -> store.enforcement().begin("a.example", start))
        .isInstanceOf(StoreException.class);
  }
}
