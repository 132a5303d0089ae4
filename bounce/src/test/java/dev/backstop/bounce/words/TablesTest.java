package dev.backstop.bounce.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables that grow with every new program: a slip in them must not wait for a message. */
class TablesTest {
  /** A row is read once: a second one with the same words for the same sign says nothing. */
  @Test
  void noRowStandsTwice() {
    Set<List<Object>> seen = new HashSet<>();
    for (Entry entry : Vocabulary.entries()) {
      if (entry.family() == null) {
        List<Object> key = List.of(entry.sign(), entry.place(), entry.words());
        assertThat(seen.add(key)).as("twice: %s", key).isTrue();
      }
      assertThat(entry.words()).isNotEmpty();
    }
  }

  @Test
  void everyReasonHasWords() {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    for (String[] row : Table.read("reasons.txt", 2)) {
      reasons.add(Reasons.named(row[0]));
    }
    assertThat(reasons).containsAll(EnumSet.complementOf(EnumSet.of(Reason.UNKNOWN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // words decide before the code
        "550 5.1.1 user unknown                       | 5.1.1  | no-such-user",
        "552 5.1.1 mailbox is full                    | 5.1.1  | mailbox-full",
        "554 5.7.1 relay access denied                | 5.7.1  | relaying-denied",
        "550 5.7.1 blocked using zen.spamhaus.org     | 5.7.1  | reputation",
        "550-5.7.26 unauthenticated email             | 5.7.26 | authentication",
        // but some codes have one meaning only
        "452 4.2.2 try again later                    | 4.2.2  | mailbox-full",
        "delivery temporarily suspended               | 4.4.7  | expired",
        // without known words the code
        "550 5.1.1 Unbekannter Empfaenger             | 5.1.1  | no-such-user",
        "550 5.7.0 nope                               | 5.7.0  | policy",
        "421 4.4.2 bye                                | 4.4.2  | network",
        // nothing tells
        "550 no                                       | -      | unknown",
        "550 5.0.0 no                                 | 5.0.0  | unknown",
      })
  void reasonOf(String said, String status, String reason) {
    assertThat(Reasons.of(said, status, "")).hasToString(reason);
  }
}
