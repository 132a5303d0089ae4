package dev.backstop.store;

import static dev.backstop.store.Fixture.ALICE;
import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.CAROL;
import static dev.backstop.store.Fixture.entry;
import static dev.backstop.store.Fixture.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wrote to whom: what speaks for an answer that returns no Message-ID. */
class CorrespondenceTest {
  private static final LocalDate FIRST_DAY = LocalDate.parse("2026-03-01");
  private final SteppedClock clock = new SteppedClock();
  private final Instant start = clock.instant();
  @TempDir private Path directory;
  private Store store;
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    store = Fixture.open(directory, clock);
    journal = store.journal();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void knowsWhenSomebodyLastWroteToOneOfThese() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB));
    journal.record(entry("<2@x.example>", start.plusSeconds(60), CAROL));
    journal.record(entry(" ", start.plusSeconds(30), BOB));
    assertThat(journal.lastWrote(ALICE, List.of(BOB), start)).contains(start.plusSeconds(30));
    assertThat(journal.lastWrote(ALICE, List.of(BOB, CAROL), start))
        .contains(start.plusSeconds(60));
    assertThat(journal.lastWrote(ALICE, List.of(CAROL, BOB), start))
        .contains(start.plusSeconds(60));
    assertThat(
            journal.lastWrote(
                mailbox("ALICE@Sender.example"), List.of(mailbox("BOB@" + BOB.domain())), start))
        .contains(start.plusSeconds(30));
  }

  @Test
  void knowsNothingOfOthersAndNothingOlder() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB));
    assertThat(journal.lastWrote(ALICE, List.of(CAROL), Instant.MIN)).isEmpty();
    assertThat(journal.lastWrote(ALICE, List.of(), Instant.MIN)).isEmpty();
    assertThat(journal.lastWrote(BOB, List.of(ALICE), Instant.MIN)).isEmpty();
    assertThat(journal.lastWrote(ALICE, List.of(BOB), start.plusSeconds(1))).isEmpty();
    assertThat(journal.lastWrote(ALICE, List.of(BOB), Instant.MAX)).isEmpty();
  }

  @Test
  void theNewestDayCountsAndTheOldestIsForgotten() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB));
    clock.step(Duration.ofDays(10));
    journal.record(entry("<2@x.example>", clock.instant(), BOB));
    assertThat(journal.lastWrote(ALICE, List.of(BOB), start)).contains(clock.instant());
    clock.step(Duration.ofDays(20).plusSeconds(1));
    assertThat(journal.lastWrote(ALICE, List.of(BOB), start))
        .contains(start.plus(Duration.ofDays(10)));
    clock.step(Duration.ofDays(10));
    assertThat(journal.lastWrote(ALICE, List.of(BOB), start)).isEmpty();
    assertThat(journal.lastSent(ALICE, start)).isEmpty();
  }

  @Test
  void answersCanComeToEachAddressOfTheMessage() throws Exception {
    Mailbox author = mailbox("author@sender.example");
    journal.record(
        new JournalEntry(
            "<1@x.example>", ALICE, List.of(BOB, CAROL), start, true, List.of(author, ALICE)));
    assertThat(journal.lastWrote(author, List.of(CAROL), start)).contains(start);
    assertThat(journal.lastWrote(ALICE, List.of(CAROL), start)).contains(start);
    assertThat(journal.sentOn(author, FIRST_DAY)).isEqualTo(2);
    assertThat(journal.sentOn(ALICE, FIRST_DAY)).as("named twice, counted once").isEqualTo(2);
  }

  @Test
  void moreAddressesThanTheBoundAreNotKept() {
    List<Mailbox> many =
        IntStream.range(0, 9).mapToObj(i -> mailbox("a" + i + "@sender.example")).toList();
    assertThat(new JournalEntry(null, ALICE, List.of(BOB), start, true, many).alsoAs())
        .isEqualTo(many.subList(0, JournalEntry.MOST_ALSO_AS));
  }

  @Test
  void knowsWhenSomebodyLastWroteToAnybody() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB));
    journal.record(entry("<2@x.example>", start.plusSeconds(60), CAROL));
    clock.step(Duration.ofDays(3));
    assertThat(journal.lastSent(ALICE, start)).contains(start.plusSeconds(60));
    assertThat(journal.lastSent(ALICE, start.plusSeconds(61))).isEmpty();
    assertThat(journal.lastSent(BOB, start)).isEmpty();
  }

  @Test
  void countsMessagesTimesRecipientsOfADayInUtc() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB, CAROL));
    journal.record(entry("<2@x.example>", Instant.parse("2026-03-01T23:59:59Z"), BOB));
    journal.record(entry("<3@x.example>", Instant.parse("2026-03-02T00:00:00Z"), BOB));
    assertThat(journal.sentOn(ALICE, FIRST_DAY)).isEqualTo(3);
    assertThat(journal.sentOn(ALICE, FIRST_DAY.plusDays(1))).isEqualTo(1);
    assertThat(journal.sentOn(ALICE, FIRST_DAY.minusDays(1))).isZero();
    assertThat(journal.sentOn(BOB, FIRST_DAY)).isZero();
    assertThat(Fixture.number(directory, "SELECT messages FROM correspondence WHERE messages = 2"))
        .as("to Bob on the first day")
        .isEqualTo(2);
  }

  @Test
  void aQuestionNamesAHundredRecipientsAtMost() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB));
    List<Mailbox> others = Collections.nCopies(99, CAROL);
    assertThat(journal.lastWrote(ALICE, joined(others, BOB), start)).contains(start);
    assertThat(journal.lastWrote(ALICE, joined(Collections.nCopies(100, CAROL), BOB), start))
        .isEmpty();
  }

  private static List<Mailbox> joined(List<Mailbox> first, Mailbox last) {
    return Stream.concat(first.stream(), Stream.of(last)).toList();
  }
}
