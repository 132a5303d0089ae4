package dev.backstop.store;

import static dev.backstop.bounce.verdict.Verdict.BACKSCATTER;
import static dev.backstop.bounce.verdict.Verdict.GENUINE;
import static dev.backstop.bounce.verdict.Verdict.UNPROVEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.verdict.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSearchTest {
  private final SteppedClock clock = new SteppedClock();
  private final Instant start = clock.instant();
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
  void findsByEachFieldAndByAllTogether() throws Exception {
    Event anna = appended(0, "a.example", "Anna@a.example", UNPROVEN, BACKSCATTER);
    Event ben = appended(1, "a.example", "ben@a.example", UNPROVEN, UNPROVEN);
    Event eve = appended(2, "b.example", "eve@b.example", GENUINE, GENUINE);
    assertThat(search(null, null, null, null)).containsExactly(eve, ben, anna);
    assertThat(search("A.example", null, null, null)).containsExactly(ben, anna);
    assertThat(search(null, "anna@A.EXAMPLE", null, null)).containsExactly(anna);
    assertThat(search(null, null, GENUINE, null)).containsExactly(eve);
    assertThat(search(null, null, null, BACKSCATTER)).containsExactly(anna);
    assertThat(search("a.example", null, UNPROVEN, UNPROVEN)).containsExactly(ben);
    assertThat(search("a.example", "ben@a.example", UNPROVEN, UNPROVEN)).containsExactly(ben);
    assertThat(search("b.example", "ben@a.example", null, null)).isEmpty();
  }

  @Test
  void theFirstMomentCountsTheLastDoesNot() throws Exception {
    appended(0, "a.example", "anna@a.example", UNPROVEN, UNPROVEN);
    Event second = appended(1, "a.example", "anna@a.example", UNPROVEN, UNPROVEN);
    appended(2, "a.example", "anna@a.example", UNPROVEN, UNPROVEN);
    assertThat(
            store
                .events()
                .search(
                    new EventQuery(
                        "a.example",
                        null,
                        null,
                        null,
                        start.plusSeconds(1),
                        start.plusSeconds(2),
                        10)))
        .containsExactly(second);
  }

  @Test
  void theNewestOfOneMomentComesFirstAndTheNumberIsBounded() throws Exception {
    appended(0, "a.example", "first@a.example", UNPROVEN, UNPROVEN);
    Event second = appended(0, "a.example", "second@a.example", UNPROVEN, UNPROVEN);
    var one = new EventQuery(null, null, null, null, Instant.MIN, Instant.MAX, 1);
    assertThat(store.events().search(one)).containsExactly(second);
    assertThat(new EventQuery(null, null, null, null, start, start, 5_000).most()).isEqualTo(1_000);
    assertThat(new EventQuery(null, null, null, null, start, start, -1).most()).isZero();
  }

  @Test
  void theOutlookCountsWhatEnforcingWouldDo() throws Exception {
    appended(-5, "a.example", "anna@a.example", UNPROVEN, BACKSCATTER);
    appended(0, "a.example", "anna@a.example", UNPROVEN, BACKSCATTER);
    appended(1, "a.example", "ben@a.example", UNPROVEN, BACKSCATTER);
    appended(2, "a.example", "ben@a.example", GENUINE, GENUINE);
    appended(2, "b.example", "eve@b.example", GENUINE, GENUINE);
    assertThat(store.events().outlook("A.example", start))
        .containsExactly(
            new Outlook(UNPROVEN, BACKSCATTER, "passed", 2),
            new Outlook(GENUINE, GENUINE, "passed", 1));
    assertThat(store.events().outlook("c.example", Instant.MIN)).isEmpty();
  }

  private List<Event> search(
      @Nullable String domain,
      @Nullable String recipient,
      @Nullable Verdict verdict,
      @Nullable Verdict enforced)
      throws StoreException {
    return store
        .events()
        .search(
            new EventQuery(domain, recipient, verdict, enforced, Instant.MIN, Instant.MAX, 100));
  }

  private Event appended(
      int second, String domain, String recipient, Verdict verdict, Verdict enforced)
      throws Exception {
    var event =
        new Event(
            start.plusSeconds(second),
            verdict,
            enforced,
            "passed",
            "observe",
            Form.BOUNCE,
            domain,
            "<>",
            recipient,
            null,
            null,
            null,
            "mx.example.net",
            "203.0.113.9",
            "Minutes",
            "[]",
            "Why.");
    long before = store.counters().eventsWritten();
    store.events().append(event);
    Fixture.await(() -> store.counters().eventsWritten() == before + 1);
    return event;
  }
}
