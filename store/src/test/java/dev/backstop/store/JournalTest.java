package dev.backstop.store;

import static dev.backstop.store.Fixture.ALICE;
import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.CAROL;
import static dev.backstop.store.Fixture.entry;
import static dev.backstop.store.Fixture.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.store.JournalLookup.OtherRecipient;
import dev.backstop.store.JournalLookup.SentTo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
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
  void findsWhatWasSentAndToWhom() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB, CAROL));
    assertThat(journal.lookup("<1@x.example>", List.of(CAROL))).isEqualTo(new SentTo(CAROL, start));
    assertThat(journal.lookup("<1@x.example>", List.of(ALICE, BOB)))
        .isEqualTo(new SentTo(BOB, start));
  }

  @Test
  void knownMessageIdWithAnotherRecipientIsNotProof() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB, ALICE));
    journal.record(entry("<1@x.example>", start.plusSeconds(5), BOB));
    var known = new OtherRecipient(start.plusSeconds(5));
    assertThat(journal.lookup("<1@x.example>", List.of(CAROL))).isEqualTo(known);
    assertThat(journal.lookup("<1@x.example>", List.of())).isEqualTo(known);
    assertThat(journal.lookup("<2@x.example>", List.of(BOB))).isEqualTo(JournalLookup.UNKNOWN);
  }

  @Test
  void recipientsAndMessageIdsFoldCase() throws Exception {
    journal.record(entry("<AbC@x.example>", start, mailbox("Bob.B@Elsewhere.EXAMPLE")));
    var asked = mailbox("bob.b@elsewhere.example");
    assertThat(journal.lookup("<AbC@x.example>", List.of(asked)))
        .isEqualTo(new SentTo(asked, start));
    assertThat(journal.lookup("<aBC@X.Example>", List.of(asked)))
        .isEqualTo(new SentTo(asked, start));
  }

  /** Relays fold long header fields anew, also where no blank was. */
  @Test
  void aMessageIdFoldedOnTheWayIsFound() throws Exception {
    journal.record(entry("<a.long.one.1@\r\n\tx.example>", start, BOB));
    assertThat(journal.lookup(" <a.long .one.1@x.exam\r\n ple>\r\n", List.of(BOB)))
        .isEqualTo(new SentTo(BOB, start));
    assertThat(journal.lookup("<a.long.one.2@x.example>", List.of(BOB)))
        .isEqualTo(JournalLookup.UNKNOWN);
  }

  /** Only ASCII letters have one case everywhere: K here is the sign for kelvin. */
  @Test
  void otherLettersOfAMessageIdAreComparedAsTheyAre() throws Exception {
    journal.record(entry("<\u212a@x.example>", start, BOB));
    assertThat(journal.lookup("<k@x.example>", List.of(BOB))).isEqualTo(JournalLookup.UNKNOWN);
  }

  @Test
  void sentTwiceKeepsTheNewestTime() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB));
    journal.record(entry("<1@x.example>", start.plusSeconds(60), BOB));
    journal.record(entry("<1@x.example>", start.plusSeconds(30), BOB));
    clock.step(Duration.ofDays(1));
    assertThat(journal.lookup("<1@x.example>", List.of(BOB)))
        .isEqualTo(new SentTo(BOB, start.plusSeconds(60)));
    journal.record(entry("<1@x.example>", clock.instant(), BOB));
    assertThat(journal.lookup("<1@x.example>", List.of(BOB)))
        .isEqualTo(new SentTo(BOB, clock.instant()));
  }

  @Test
  void eachMessageWithoutMessageIdHasItsRow() throws Exception {
    for (String id : new String[] {null, " ", null}) {
      journal.record(new JournalEntry(id, ALICE, List.of(BOB), start, true));
    }
    assertThat(Fixture.number(directory, "SELECT count(*) FROM journal")).isEqualTo(3);
    assertThat(store.counters().rowsWritten()).isEqualTo(3);
    assertThat(journal.lookup("", List.of(BOB))).isEqualTo(JournalLookup.UNKNOWN);
  }

  @Test
  void remembersWhoSentUntagged() throws Exception {
    journal.record(new JournalEntry("<1@x.example>", ALICE, List.of(BOB), start, true));
    assertThat(journal.untaggedSince(ALICE, Instant.EPOCH)).isFalse();
    journal.record(new JournalEntry("<2@x.example>", ALICE, List.of(BOB), start, false));
    assertThat(journal.untaggedSince(mailbox("ALICE@sender.example"), start)).isTrue();
    assertThat(journal.untaggedSince(ALICE, start.plusSeconds(1))).isFalse();
    assertThat(journal.untaggedSince(BOB, Instant.EPOCH)).isFalse();
  }

  @Test
  void senderAndRecipientWithOneAddressDoNotShowAsEqual() throws Exception {
    journal.record(entry("<1@x.example>", start, ALICE));
    assertThat(Fixture.number(directory, "SELECT count(*) FROM journal WHERE sender = recipient"))
        .isZero();
  }

  @Test
  void survivesAnOrderlyRestart() throws Exception {
    journal.record(entry("<1@x.example>", start, BOB));
    store.close();
    store = Fixture.open(directory, clock);
    assertThat(store.journal().lookup("<1@x.example>", List.of(BOB)))
        .isEqualTo(new SentTo(BOB, start));
  }
}
