package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.store.EventSummary.Count;
import dev.backstop.store.EventSummary.PeerCount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  static Event event(Instant at, String peer) {
    return event(at, peer, Verdict.BACKSCATTER);
  }

  static Event event(Instant at, String peer, Verdict verdict) {
    return new Event(
        at,
        verdict,
        Verdict.BACKSCATTER,
        "refuse",
        "enforce",
        Form.AUTO_REPLY,
        "sender.example",
        "<>",
        null,
        peer,
        "4Xyz",
        "<1@x.example>",
        "mx.example.net",
        "203.0.113.9",
        "Cheap watches",
        "[{\"proof\":\"batv\"}]",
        "It answers mail that we did not send.");
  }

  @Test
  void readsBackWhatWasAppendedNewestFirst() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      Event first = event(clock.instant(), "192.0.2.1");
      Event second = event(clock.instant().plusMillis(5), "192.0.2.2");
      store.events().append(first);
      store.events().append(second);
      Fixture.await(() -> store.counters().eventsWritten() == 2);
      assertThat(store.events().recent(10)).containsExactly(second, first);
      assertThat(store.events().recent(1)).containsExactly(second);
      assertThat(store.events().recent(-1)).isEmpty();
    }
  }

  @Test
  void countsByDomainVerdictAndActionAndNamesThePeers() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.events().append(event(clock.instant().minusSeconds(9), "192.0.2.9"));
      store.events().append(event(clock.instant(), "192.0.2.1"));
      store.events().append(event(clock.instant(), "192.0.2.1"));
      store.events().append(event(clock.instant(), "192.0.2.2", Verdict.GENUINE));
      Fixture.await(() -> store.counters().eventsWritten() == 4);
      EventSummary summary = store.events().summary(clock.instant());
      assertThat(summary.counts())
          .containsExactly(
              new Count("sender.example", Verdict.BACKSCATTER, "refuse", 2),
              new Count("sender.example", Verdict.GENUINE, "refuse", 1));
      assertThat(summary.peers())
          .containsExactly(new PeerCount("192.0.2.1", 2, 2), new PeerCount("192.0.2.2", 1, 0));
      assertThat(summary.recent()).hasSize(4);
    }
  }

  @Test
  void whatIsTooLongIsCut() {
    String huge = "x".repeat(100_000);
    Event event =
        new Event(
            clock.instant(),
            Verdict.UNPROVEN,
            Verdict.UNPROVEN,
            huge,
            huge,
            Form.BOUNCE,
            huge,
            huge,
            huge,
            huge,
            huge,
            huge,
            huge,
            huge,
            huge,
            huge,
            huge);
    assertThat(event.evidence()).isEqualTo("[]");
    assertThat(event.explanation()).hasSize(Event.MOST_EXPLANATION);
    assertThat(event.messageId()).hasSize(512);
    assertThat(event.reporter()).hasSize(512);
    assertThat(event.source()).hasSize(512);
    assertThat(event.subject()).hasSize(512);
  }

  @Test
  void appendNeverBlocksAndCountsWhatItDrops() throws Exception {
    var patient =
        new Tuning(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(1), 0);
    int many = Inbox.MOST_NOTES * 2;
    try (Store store = Fixture.open(directory, clock, patient);
        Session other = Fixture.other(directory)) {
      other.execute("BEGIN IMMEDIATE");
      for (int i = 0; i < many; i++) {
        store.events().append(event(clock.instant(), "192.0.2.1"));
      }
      assertThat(store.counters().eventsDropped()).isPositive();
      other.execute("COMMIT");
      Fixture.await(
          () -> store.counters().eventsWritten() + store.counters().eventsDropped() == many);
      assertThat(store.counters().eventsWritten()).isGreaterThanOrEqualTo(Inbox.MOST_NOTES);
    }
  }

  @Test
  void whatWaitsIsWrittenBeforeTheStoreCloses() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.events().append(event(clock.instant(), "192.0.2.1"));
    }
    assertThat(Fixture.number(directory, "SELECT count(*) FROM event")).isEqualTo(1);
  }
}
