package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.tag.TokenCheck;
import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Site;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own mail leaves with our header token, once. */
class TokensTest {
  private static final String CONFIG = "domains = [\"ours.test\"]\n";
  private static final Mailbox ANNA = new Mailbox("anna", "ours.test");

  @TempDir Path folder;

  private static Action send(Site site, String sender, String header) throws Exception {
    return site.message(
        new Transaction(
            Site.client("10.0.0.1", "anna"),
            "Q1",
            ReversePath.parse(sender),
            Site.mailboxes("bob@far.test")),
        Site.message(header + "\n\nHello\n"));
  }

  private static TokenCheck check(Site site, String token, String messageId) {
    return site.rules.token().verify(token, ANNA, messageId, site.instant());
  }

  @Test
  void aMessageGetsATokenForItsSenderAndMessageId() throws Exception {
    try (var site = new Site(folder, CONFIG)) {
      for (String sender : List.of("anna@ours.test", site.tagged("anna@ours.test"))) {
        Action action = send(site, sender, "Message-ID: <1@ours.test>");
        assertThat(check(site, Site.added(action, "Backstop-Token"), "<1@ours.test>"))
            .isEqualTo(new TokenCheck.Valid(0, 7));
      }
    }
  }

  @Test
  void aMessageIdThatWeAddIsTheOneThatCounts() throws Exception {
    try (var site = new Site(folder, CONFIG)) {
      Action action = send(site, "anna@ours.test", "Subject: Hi");
      assertThat(
              check(site, Site.added(action, "Backstop-Token"), Site.added(action, "Message-ID")))
          .isInstanceOf(TokenCheck.Valid.class);
    }
  }

  @Test
  void aTokenOfAnotherServerOfOursStays() throws Exception {
    try (var site = new Site(folder, CONFIG)) {
      String token = site.rules.token().sign(ANNA, "<1@ours.test>", site.instant());
      String header = "Message-ID: <1@ours.test>\nBackstop-Token: " + token;
      assertThat(SenderTest.names(send(site, "anna@ours.test", header)))
          .doesNotContain("Backstop-Token");
    }
  }

  @Test
  void whatIsNotOursIsReplaced() throws Exception {
    try (var site = new Site(folder, CONFIG)) {
      String other = site.rules.token().sign(ANNA, "<2@ours.test>", site.instant());
      String field = "\nBackstop-Token: " + other;
      Action action = send(site, "anna@ours.test", "Message-ID: <1@ours.test>" + field + field);
      assertThat(Site.edits(action))
          .startsWith(
              new Edit.RemoveHeader("Backstop-Token", 2),
              new Edit.RemoveHeader("Backstop-Token", 1));
      assertThat(check(site, Site.added(action, "Backstop-Token"), "<1@ours.test>"))
          .isInstanceOf(TokenCheck.Valid.class);
    }
  }

  @Test
  void noneWhereItIsNotWanted() throws Exception {
    try (var site = new Site(folder, CONFIG + "tagging.token = false\n")) {
      assertThat(SenderTest.names(send(site, "anna@ours.test", "Message-ID: <1@ours.test>")))
          .isEmpty();
    }
  }
}
