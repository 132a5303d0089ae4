package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.store.Stream.Sighting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {
  private final SteppedClock clock = new SteppedClock();
  private final Instant start = clock.instant();
  @TempDir private Path directory;
  private Store store;
  private long seen;

  @BeforeEach
  void open() throws Exception {
    store = Fixture.open(directory, clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void countsTheMessagesOfOneSourceAndKeepsTheNewestExample() throws Exception {
    see("A.example", "unsigned", "192.0.2.0/24", "<1@x.example>", start.plusSeconds(10));
    see("a.example", "unsigned", "192.0.2.0/24", "<3@x.example>", start.plusSeconds(30));
    see("a.example", "unsigned", "192.0.2.0/24", "<2@x.example>", start.plusSeconds(5));
    see("a.example", "untagged", "192.0.2.0/24", "<4@x.example>", start);
    see("b.example", "unsigned", "192.0.2.0/24", "<5@x.example>", start);
    assertThat(store.streams().of("a.EXAMPLE", start))
        .containsExactly(
            new Stream(
                "a.example",
                "unsigned",
                "192.0.2.0/24",
                start.plusSeconds(5),
                start.plusSeconds(30),
                3,
                "<3@x.example>"),
            new Stream("a.example", "untagged", "192.0.2.0/24", start, start, 1, "<4@x.example>"));
    assertThat(store.streams().of("a.example", start.plusSeconds(1))).hasSize(1);
    assertThat(store.streams().of("c.example", start)).isEmpty();
  }

  @Test
  void ofAThousandSourcesTheLongestUnseenGoes() throws Exception {
    for (int i = 0; i < Streams.MOST; i++) {
      see("a.example", "unsigned", "source " + i, "", start.plusSeconds(i));
    }
    see("b.example", "unsigned", "another domain's", "", start);
    see("a.example", "unsigned", "source 0", "", start.plusSeconds(5_000));
    see("a.example", "unsigned", "one more", "", start.plusSeconds(5_001));
    assertThat(store.streams().of("a.example", start))
        .hasSize(Streams.MOST)
        .extracting(Stream::source)
        .contains("source 0", "source 2", "one more")
        .doesNotContain("source 1");
    assertThat(store.streams().of("b.example", start)).hasSize(1);
  }

  @Test
  void whatIsTooLongIsCut() {
    String huge = "x".repeat(100_000);
    var sighting = new Sighting(huge, huge, huge, huge, 1, start);
    assertThat(sighting.domain()).hasSize(512);
    assertThat(sighting.kind()).hasSize(512);
    assertThat(sighting.source()).hasSize(512);
    assertThat(sighting.example()).hasSize(512);
  }

  @Test
  void expiresAsEventsDo() throws Exception {
    see("a.example", "unsigned", "old", "", start);
    see("a.example", "unsigned", "new", "", start.plus(Duration.ofDays(2)));
    clock.step(StoreSettings.DEFAULTS.eventsKeep().plusSeconds(1));
    Fixture.await(() -> store.streams().of("a.example", Instant.EPOCH).size() == 1);
    assertThat(store.streams().of("a.example", Instant.EPOCH).getFirst().source()).isEqualTo("new");
  }

  @Test
  void aReaderDropsAndCounts() throws Exception {
    try (Store reader = Store.openReadOnly(directory, Fixture.KEY, StoreSettings.DEFAULTS, clock)) {
      reader.streams().seen(new Sighting("a.example", "unsigned", "source", "", 1, start));
      assertThat(reader.counters().eventsDropped()).isEqualTo(1);
    }
  }

  private void see(String domain, String kind, String source, String example, Instant at)
      throws Exception {
    seen++;
    store.streams().seen(new Sighting(domain, kind, source, example, 1, at));
    if (seen % 100 == 0 || seen < 10 || seen > Streams.MOST) {
      Fixture.await(() -> store.counters().eventsWritten() == seen);
    }
  }
}
