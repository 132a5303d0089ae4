package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that grow with every new program: a slip in them must not wait for a message. */
class TablesTest {
  private static final Set<String> PLACES =
      Set.of("local-part", "name", "subject", "opening", "text", "field", "report", "mta");

  @ParameterizedTest
  @ValueSource(strings = {"wording.txt", "software.txt", "reasons.txt"})
  void everyRowCanMatch(String name) {
    int columns = name.equals("reasons.txt") ? 2 : 3;
    Set<String> seen = new HashSet<>();
    for (String[] row : Table.read(name, columns)) {
      String words = row[columns - 1];
      // Texts are folded before they are compared; other words would never match.
      assertThat(words).isEqualTo(words.toLowerCase(Locale.ROOT)).doesNotContain("  ");
      assertThat(seen.add(List.of(row).subList(columns == 2 ? 1 : 0, columns).toString()))
          .as(words)
          .isTrue();
      if (columns == 3) {
        assertThat(PLACES).contains(name.equals("wording.txt") ? row[0] : row[1]);
      } else {
        assertThat(Reasons.named(row[0])).hasToString(row[0]);
      }
    }
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
    assertThat(Reasons.of(said, status)).hasToString(reason);
  }
}
