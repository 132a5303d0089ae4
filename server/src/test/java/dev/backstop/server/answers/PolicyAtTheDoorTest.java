package dev.backstop.server.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.Action;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Answers;
import dev.backstop.server.Site;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with answers, by domain and address. */
class PolicyAtTheDoorTest {
  private static final String ENFORCE =
      """
      domains = ["ours.test"]
      mode = "enforce"
      auth.check = false
      """;

  @TempDir Path folder;

  @Test
  void nothingCanAnswerAnAddressThatNeverSends() throws Exception {
    String noreply = "[address.\"noreply@ours.test\"]\nnever-sends = true\n";
    try (var site = new Site(folder, ENFORCE + noreply)) {
      assertThat(site.rcpt("<>", "NoReply@ours.test"))
          .isInstanceOfSatisfying(
              Answer.Refuse.class,
              refuse ->
                  assertThat(refuse.reply().text()).contains("this address never sends mail"));
      assertThat(
              site.receive(
                  "bob@example.com",
                  "noreply@ours.test",
                  "From: bob@example.com\nAuto-Submitted: auto-replied (vacation)\n\nAway\n"))
          .isInstanceOfSatisfying(
              Action.Refuse.class,
              refuse ->
                  assertThat(refuse.reply().text()).contains("this address never sends mail"));
      // People may write to it all the same.
      assertThat(
              site.receive("bob@example.com", "noreply@ours.test", "From: bob@example.com\n\nHi\n"))
          .isEqualTo(Action.ACCEPT);
    }
  }

  /** The owner was wrong; the proof is not. */
  @Test
  void aProofOutweighsWhatTheOwnerSays() throws Exception {
    String noreply = "[address.\"anna@ours.test\"]\nnever-sends = true\n";
    try (var site = new Site(folder, ENFORCE + noreply)) {
      Action action =
          site.receive("<>", site.tagged("anna@ours.test"), Answers.bounce("<1@x>", "b@c.example"));

      assertThat(Site.verdict(action)).startsWith("genuine;").contains("action=pass");
    }
  }

  @Test
  void backscatterGoesIntoTheHoldQueueWhereThePolicySaysSo() throws Exception {
    try (var site = new Site(folder, ENFORCE + "answers.backscatter = \"quarantine\"\n")) {
      assertThat(site.rcpt("<>", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      Action action = site.receive("<>", "anna@ours.test", Answers.bounce("<1@x>", "b@c.example"));

      assertThat(Site.verdict(action)).startsWith("backscatter;").contains("action=quarantine");
      assertThat(Site.edits(action))
          .filteredOn(Action.Edit.Quarantine.class::isInstance)
          .singleElement()
          .satisfies(edit ->
              assertThat(((Action.Edit.Quarantine) edit).reason())
                  .startsWith("Backstop: backscatter. It answers mail that we did not send"));
    }
  }

  @Test
  void backscatterIsMarkedWhereThePolicySaysSo() throws Exception {
    try (var site = new Site(folder, ENFORCE + "answers.backscatter = \"mark\"\n")) {
      Action action = site.receive("<>", "anna@ours.test", Answers.bounce("<1@x>", "b@c.example"));

      assertThat(Site.verdict(action)).startsWith("backscatter;").contains("action=mark");
    }
  }

  /** Another proof may save it: a server that answers the address in From, or an old key. */
  @Test
  void whoHasSentLatelyIsOnlyRefusedAfterReading() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      assertThat(site.rcpt("<>", "anna@ours.test")).isInstanceOf(Answer.Refuse.class);
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");

      assertThat(site.rcpt("<>", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      Action genuine =
          site.receive("<>", "anna@ours.test", Answers.bounce("<1@ours.test>", "bob@example.com"));
      assertThat(Site.verdict(genuine)).startsWith("genuine;").contains("journal=proven");
      assertThat(site.receive("<>", "anna@ours.test", Answers.bounce("<2@x>", "eve@example.com")))
          .isInstanceOf(Action.Refuse.class);

      site.pass(Duration.ofDays(8));
      assertThat(site.rcpt("<>", "anna@ours.test")).isInstanceOf(Answer.Refuse.class);
    }
  }

  @Test
  void refusingAtTheEndReadsFirstButForAnAttackOnWhoSendsNothing() throws Exception {
    try (var site = new Site(folder, ENFORCE + "answers.refuse-at = \"end\"\n")) {
      site.attacked.add(Mailbox.parse("anna@ours.test"));
      assertThat(site.rcpt("<>", "anna@ours.test")).isInstanceOf(Answer.Refuse.class);
      site.attacked.clear();
      assertThat(site.rcpt("<>", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      assertThat(site.receive("<>", "anna@ours.test", Answers.bounce("<2@x>", "eve@example.com")))
          .isInstanceOf(Action.Refuse.class);
    }
  }

  /** One of the two may have sent it without a tag: the other must not decide. */
  @Test
  void ofTwoRecipientsTheMilderCounts() throws Exception {
    try (var site = new Site(folder, ENFORCE + "tagging.except = [\"list.test\"]\n")) {
      site.send("ben@ours.test", "<1@ours.test>", "dev@list.test");
      var transaction =
          new Transaction(
              Site.client("192.0.2.7", null),
              "Q",
              NullReversePath.INSTANCE,
              Site.mailboxes("anna@ours.test", "ben@ours.test"));

      assertThat(
              Site.verdict(
                  site.message(transaction, Site.message(Answers.bounce("<2@x>", "b@c.example")))))
          .startsWith("unproven;")
          .contains("batv=none");
    }
  }

  @Test
  void anAddressUnderAttackIsStricterWhileItLasts() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      Mailbox anna = Mailbox.parse("anna@ours.test");
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");
      String unproven = "From: eve@example.com\nAuto-Submitted: auto-replied\n\nAway\n";
      assertThat(Site.verdict(site.receive("eve@example.com", "anna@ours.test", unproven)))
          .startsWith("unproven;")
          .contains("action=pass");

      site.attacked.add(anna);
      assertThat(site.rcpt("<>", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      assertThat(
              Site.verdict(
                  site.receive(
                      "<>", "anna@ours.test", Answers.bounce("<1@ours.test>", "bob@example.com"))))
          .as("what is proved is delivered as always")
          .startsWith("genuine;")
          .contains("action=pass");
      assertThat(Site.verdict(site.receive("eve@example.com", "anna@ours.test", unproven)))
          .startsWith("unproven;")
          .contains("action=mark");

      site.attacked.clear();
      assertThat(Site.verdict(site.receive("eve@example.com", "anna@ours.test", unproven)))
          .contains("action=pass");
    }
  }
}
