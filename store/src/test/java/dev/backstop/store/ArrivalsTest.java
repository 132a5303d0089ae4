package dev.backstop.store;

import static dev.backstop.store.Fixture.ALICE;
import static dev.backstop.store.Fixture.BOB;
import static dev.backstop.store.Fixture.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {
  private static final SenderProof PROVED = new SenderProof("pass", "pass", "pass");
  private static final SenderProof FORGED = new SenderProof("fail", "none", "fail");

  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void whoSentItAndWhatWasProvedIsFoundBySenderAndByAuthor() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.arrivals().record(arrival("<1@x.example>", ALICE, BOB, PROVED));
      assertThat(
              store.arrivals().lookup(" <1@x.example> ", Fixture.mailbox("Alice@sender.example")))
          .contains(new Arrivals.Known(PROVED, clock.instant(), true));
      assertThat(store.arrivals().lookup("<1@x.example>", BOB))
          .contains(new Arrivals.Known(PROVED, clock.instant(), false));
      assertThat(store.arrivals().lookup("<1@x.example>", CAROL)).isEmpty();
      assertThat(store.arrivals().lookup("<2@x.example>", ALICE)).isEmpty();
    }
    try (Store again = Fixture.open(directory, clock)) {
      assertThat(again.arrivals().lookup("<1@x.example>", ALICE)).isPresent();
    }
  }

  @Test
  void theSameMessageAgainReplacesWhatWasKnownOfThatSenderOnly() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.arrivals().record(arrival("<1@x.example>", ALICE, null, PROVED));
      store.arrivals().record(arrival("<1@x.example>", BOB, null, PROVED));
      clock.step(Duration.ofMinutes(1));
      store.arrivals().record(arrival("<1@x.example>", ALICE, null, FORGED));
      assertThat(store.arrivals().lookup("<1@x.example>", ALICE).map(Arrivals.Known::proof))
          .contains(FORGED);
      assertThat(store.arrivals().lookup("<1@x.example>", BOB).map(Arrivals.Known::proof))
          .contains(PROVED);
    }
  }

  @Test
  void theNullSenderIsAnAddressOfItsOwnAndNoAuthorIsNobody() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.arrivals().record(arrival("<1@x.example>", ALICE, null, PROVED));
      assertThat(store.arrivals().lookup("<1@x.example>", NullReversePath.INSTANCE))
          .as("a message without author was not written by the null sender")
          .isEmpty();
      store.arrivals().record(arrival("<2@x.example>", NullReversePath.INSTANCE, BOB, FORGED));
      assertThat(store.arrivals().lookup("<2@x.example>", NullReversePath.INSTANCE))
          .contains(new Arrivals.Known(FORGED, clock.instant(), true));
      assertThat(store.arrivals().lookup("<2@x.example>", ALICE)).isEmpty();
    }
  }

  @Test
  void oldOnesAreNotFoundAndThenDeleted() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      for (int i = 0; i < 1_200; i++) {
        store.arrivals().record(arrival("<" + i + "@x.example>", ALICE, BOB, PROVED));
      }
      clock.step(Duration.ofDays(7));
      assertThat(store.arrivals().lookup("<7@x.example>", ALICE)).isPresent();
      clock.step(Duration.ofSeconds(1));
      assertThat(store.arrivals().lookup("<7@x.example>", ALICE)).isEqualTo(Optional.empty());
      clock.step(Duration.ofDays(1));
      Fixture.await(() -> Fixture.number(directory, "SELECT count(*) FROM arrival") == 0);
    }
  }

  /** Else a stranger's million copies would make each question slow. */
  @Test
  void ofOneMessageIdOnlySoManyRowsAreLookedAt() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      store.arrivals().record(arrival("<1@x.example>", ALICE, BOB, PROVED));
      for (int i = 0; i < 1_500; i++) {
        Mailbox other = Fixture.mailbox("u" + i + "@other.example");
        store.arrivals().record(arrival("<1@x.example>", other, null, FORGED));
      }
      assertThat(store.arrivals().lookup("<1@x.example>", ALICE).map(Arrivals.Known::proof))
          .as("the sender is looked up by the key, however many others there are")
          .contains(PROVED);
    }
  }

  @Test
  void aStoreThatIsReadOnlyRefuses() throws Exception {
    Fixture.open(directory, clock).close();
    try (Store store = Store.openReadOnly(directory, Fixture.KEY, StoreSettings.DEFAULTS, clock)) {
      assertThatThrownBy(
              () -> store.arrivals().record(arrival("<1@x.example>", ALICE, null, PROVED)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("read only");
    }
  }

  @Test
  void wordsAreCut() {
    assertThat(new SenderProof("p".repeat(100), "pass", "none").spf()).hasSize(16);
  }

  private Arrival arrival(
      String messageId, ReversePath sender, @Nullable Mailbox author, SenderProof proof) {
    return new Arrival(messageId, sender, author, proof, clock.instant());
  }
}
