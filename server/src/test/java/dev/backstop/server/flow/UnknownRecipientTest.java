package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same for every door: they all ask the flow. */
class UnknownRecipientTest {
  private static final String TOML =
      """
      domains = ["ours.test"]
      auth.check = false
      recipients.files = ["list"]
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("list"), "anna@ours.test\n");
  }

  @Test
  void mailToNobodyIsRefusedInTheSession() throws Exception {
    try (var site = new Site(folder, TOML)) {
      assertThat(site.rcpt("bob@example.com", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      assertThat(site.rcpt("<>", site.tagged("anna@ours.test"))).isEqualTo(Answer.CONTINUE);
      assertThat(reply(site.rcpt("bob@example.com", "eve@ours.test")))
          .isEqualTo(
              "550 5.1.1 <eve@ours.test>: no such mailbox here. Please check the spelling; if the"
                  + " address is right, tell postmaster@ours.test");
      assertThat(reply(site.rcpt("<>", site.tagged("eve@ours.test"))))
          .startsWith("550 5.1.1 <prvs=");
    }
  }

  @Test
  void aDirectoryThatIsDownPutsOffAndNeverRefuses() throws Exception {
    Files.delete(folder.resolve("list"));
    try (var site = new Site(folder, TOML)) {
      assertThat(reply(site.rcpt("bob@example.com", "anna@ours.test")))
          .startsWith("451 4.3.0 <anna@ours.test>: cannot find out just now");
    }
  }

  @Test
  void theTagIsLookedAtFirst() throws Exception {
    try (var site = new Site(folder, "mode = \"enforce\"\n" + TOML)) {
      assertThat(reply(site.rcpt("<>", "eve@ours.test"))).startsWith("550 5.7.1 Bounce to");
    }
  }

  @Test
  void ourOwnMailOthersMailAndPostmasterAreNotAskedFor() throws Exception {
    try (var site = new Site(folder, TOML)) {
      var own =
          new Transaction(
              Site.client("10.0.0.1", "anna"),
              null,
              ReversePath.parse("anna@ours.test"),
              List.of());
      assertThat(site.flow.recipient(own, Mailbox.parse("eve@ours.test")))
          .isEqualTo(Answer.CONTINUE);
      assertThat(site.rcpt("bob@example.com", "eve@other.test")).isEqualTo(Answer.CONTINUE);
      assertThat(site.rcpt("bob@example.com", "Postmaster@ours.test")).isEqualTo(Answer.CONTINUE);
      assertThat(site.rcpt("bob@example.com", "abuse@ours.test")).isEqualTo(Answer.CONTINUE);
    }
  }

  @Test
  void whatOurOwnServerHandsOverIsNotAskedFor() throws Exception {
    try (var site = new Site(folder, TOML)) {
      var local = new Peer(null, "localhost", "localhost", null, true);
      var bounce = new Transaction(local, null, ReversePath.parse("<>"), List.of());
      assertThat(site.flow.recipient(bounce, Mailbox.parse("eve@ours.test")))
          .isEqualTo(Answer.CONTINUE);
    }
  }

  private static String reply(Answer answer) {
    return ((Answer.Refuse) answer).reply().toString();
  }
}
