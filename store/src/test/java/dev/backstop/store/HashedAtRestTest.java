package dev.backstop.store;

import static dev.backstop.store.Fixture.ALICE;
import static dev.backstop.store.Fixture.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashedAtRestTest {
  private final SteppedClock clock = new SteppedClock();
  @TempDir private Path directory;

  @Test
  void noFileHoldsAnAddressOrMessageIdOfTheJournal() throws Exception {
    try (Store store = Fixture.open(directory, clock)) {
      for (int i = 0; i < 50; i++) {
        store
            .journal()
            .record(
                new JournalEntry(
                    "<secret-id-" + i + "@x.example>",
                    ALICE,
                    List.of(mailbox("secret.recipient" + i + "@elsewhere.example")),
                    clock.instant(),
                    i % 2 == 0,
                    List.of(mailbox("secret.author" + i + "@y.example"))));
        store
            .arrivals()
            .record(
                new Arrival(
                    "<secret-id-" + i + "@y.example>",
                    mailbox("secret.sender@elsewhere.example"),
                    ALICE,
                    new SenderProof("pass", "none", "pass"),
                    clock.instant()));
      }
      assertThat(directory.resolve("backstop.db-wal")).isNotEmptyFile();
      assertNothingInClear(); // in the log
    }
    assertNothingInClear(); // in the database
  }

  private void assertNothingInClear() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String content =
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        assertThat(content)
            .as(file.toString())
            .doesNotContain(
                "secret", "alice", "sender.example", "elsewhere", "x.example", "y.example");
      }
    }
  }
}
