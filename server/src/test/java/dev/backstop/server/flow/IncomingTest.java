package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.Action;
import dev.backstop.edge.TransactionFilter.Answer;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Answers;
import dev.backstop.server.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingTest {
  private static final String OBSERVE = "domains = [\"ours.test\"]\nauth.check = false\n";
  private static final String ENFORCE = OBSERVE + "mode = \"enforce\"\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@ours.test",
        "prvs=0123abcdef=anna@ours.test",
        "anna+prvs=0123abcdef@ours.test"
      })
  void withoutAValidTagABounceIsRefusedBeforeAnyData(String recipient) throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      assertThat(site.rcpt("<>", recipient))
          .isInstanceOfSatisfying(
              Answer.Refuse.class,
              refuse -> {
                assertThat(refuse.reply().toString())
                    .startsWith("550 5.7.1 Bounce to <anna@ours.test> refused: ");
                assertThat(refuse.reply().text())
                    .contains("Please refuse such mail in the SMTP session");
              });
    }
  }

  @Test
  void anExpiredTagIsRefused() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      String tagged = site.tagged("anna@ours.test");
      site.pass(Duration.ofDays(7));
      assertThat(site.rcpt("<>", tagged)).isEqualTo(Answer.CONTINUE);
      site.pass(Duration.ofDays(1));
      assertThat(site.rcpt("<>", tagged))
          .isInstanceOfSatisfying(
              Answer.Refuse.class,
              refuse -> assertThat(refuse.reply().text()).contains("expired after 7 days"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna@ours.test", "prvs=0123abcdef=anna@ours.test"})
  void observingRefusesNothingAndSaysWhatEnforcingWould(String recipient) throws Exception {
    try (var site = new Site(folder, OBSERVE)) {
      assertThat(site.rcpt("<>", recipient)).isEqualTo(Answer.CONTINUE);
      Action action =
          site.receive("<>", recipient, Answers.bounce("<forged@ours.test>", "bob@example.com"));

      assertThat(Site.verdict(action))
          .startsWith(
              "unproven; form=bounce; mode=observe; action=pass; enforcing=refuse; batv=none");
    }
  }

  @Test
  void aValidTagProvesTheBounceAndIsRemoved() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      String tagged = site.tagged("anna@ours.test");
      assertThat(site.rcpt("<>", tagged)).isEqualTo(Answer.CONTINUE);
      Action action =
          site.receive("<>", tagged, Answers.bounce("<1@ours.test>", "bob@example.com"));

      assertThat(Site.verdict(action)).startsWith("genuine; form=bounce;").contains("batv=proven");
      assertThat(Site.edits(action))
          .contains(
              new Action.Edit.ReplaceRecipient(
                  Mailbox.parse(tagged), Mailbox.parse("anna@ours.test")));
    }
  }

  @Test
  void ordinaryMailToATaggedAddressIsDeliveredToThePlainOneEvenWhenTheTagIsStale()
      throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      String tagged = site.tagged("anna@ours.test");
      site.pass(Duration.ofDays(100));
      assertThat(site.rcpt("bob@example.com", tagged)).isEqualTo(Answer.CONTINUE);

      assertThat(
              Site.edits(
                  site.receive(
                      "bob@example.com", tagged, "From: bob@example.com\nSubject: Hi\n\nHi\n")))
          .containsExactly(
              new Action.Edit.ReplaceRecipient(
                  Mailbox.parse(tagged), Mailbox.parse("anna@ours.test")));
    }
  }

  @Test
  void aForeignTagIsLeftAlone() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      String foreign = "msprvs1=18269abc=anna@ours.test";
      assertThat(site.rcpt("<>", foreign)).isEqualTo(Answer.CONTINUE);
      Action action =
          site.receive("<>", foreign, Answers.bounce("<forged@ours.test>", "bob@example.com"));

      assertThat(Site.verdict(action))
          .startsWith("unproven;")
          .contains("another product (msprvs1)");
      assertThat(Site.edits(action)).noneMatch(Action.Edit.ReplaceRecipient.class::isInstance);
    }
  }

  /** Lists keyed on the sender get plain mail; what they return must not be lost. */
  @Test
  void theBounceOfMailThatLeftPlainIsReadAndProvedByTheJournal() throws Exception {
    try (var site = new Site(folder, ENFORCE + "[tagging]\nexcept = [\"lists.example.org\"]")) {
      assertThat(site.rcpt("<>", "anna@ours.test")).isInstanceOf(Answer.Refuse.class);
      site.send("anna@ours.test", "<1@ours.test>", "dev@lists.example.org");

      assertThat(site.rcpt("<>", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      assertThat(
              Site.verdict(
                  site.receive(
                      "<>",
                      "anna@ours.test",
                      Answers.bounce("<1@ours.test>", "dev@lists.example.org"))))
          .startsWith("genuine;")
          .contains("journal=proven \"we sent the message to dev@lists.example.org");
    }
  }

  /** Receipts have the null sender and go to the plain address that the header names. */
  @Test
  void aReceiptThatWasAskedForIsProvedByTheJournal() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.sendAskingForReceipt("anna@ours.test", "<1@ours.test>", "bob@example.com");

      assertThat(site.rcpt("<>", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      assertThat(
              Site.verdict(
                  site.receive(
                      "<>", "anna@ours.test", receipt("bob@example.com", "<1@ours.test>"))))
          .startsWith("genuine; form=receipt");
      site.pass(Duration.ofDays(8));
      assertThat(site.rcpt("<>", "anna@ours.test")).isInstanceOf(Answer.Refuse.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster@ours.test", "Abuse@ours.test"})
  void postmasterAndAbuseAreAlwaysReachable(String recipient) throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      assertThat(site.rcpt("<>", recipient)).isEqualTo(Answer.CONTINUE);
    }
  }

  /**
   * Postfix shows its own bounces with internal_mail_filter_classes=bounce: nobody could take them
   * back.
   */
  @Test
  void ourOwnServersBouncesAreNeverRefused() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      var local = new Peer(null, "localhost", "localhost", null, true);
      var transaction =
          new Transaction(local, "Q", NullReversePath.INSTANCE, Site.mailboxes("anna@ours.test"));

      assertThat(site.flow.recipient(transaction, Mailbox.parse("anna@ours.test")))
          .isEqualTo(Answer.CONTINUE);
      assertThat(
              site.message(
                  transaction, Site.message(Answers.bounce("<x@ours.test>", "bob@example.com"))))
          .isInstanceOf(Action.Accept.class);
    }
  }

  @Test
  void anAutoReplyIsProvedByTheMessageIdAndRecipientThatItAnswers() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");

      assertThat(
              Site.verdict(
                  site.receive(
                      "bob@example.com",
                      "anna@ours.test",
                      autoReply("bob@example.com", "<1@ours.test>"))))
          .startsWith("genuine; form=auto-reply");
    }
  }

  @Test
  void aKnownMessageIdFromSomebodyWeNeverWroteToProvesNothing() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");
      site.pass(Duration.ofDays(8));

      assertThat(
              Site.verdict(
                  site.receive(
                      "eve@example.org",
                      "anna@ours.test",
                      autoReply("eve@example.org", "<1@ours.test>"))))
          .startsWith("unproven;")
          .contains("to nobody who is named in this answer");
    }
  }

  @Test
  void anUnknownMessageIdCountsOnceTheJournalIsOldEnough() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      String reply = autoReply("bob@example.com", "<forged@ours.test>");
      assertThat(Site.verdict(site.receive("bob@example.com", "anna@ours.test", reply)))
          .startsWith("unproven;");
      site.pass(Duration.ofDays(8));

      assertThat(site.receive("bob@example.com", "anna@ours.test", reply))
          .isInstanceOfSatisfying(
              Action.Refuse.class,
              refuse ->
                  assertThat(refuse.reply().toString())
                      .startsWith("550 5.7.1 ")
                      .contains("its Message-ID is not in the journal"));
    }
  }

  /**
   * Some smart hosts replace the Message-ID: every real answer then names one that we never saw.
   */
  @Test
  void anUnknownMessageIdFromWhomWeWroteToIsUnproven() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.pass(Duration.ofDays(8));
      site.send("anna@ours.test", "<replaced@ours.test>", "bob@example.com");

      String reply = autoReply("bob@example.com", "<0102@smarthost.example>");
      assertThat(Site.verdict(site.receive("bob@example.com", "anna@ours.test", reply)))
          .startsWith("unproven;")
          .contains("anna@ours.test wrote to bob@example.com on 2026-03-09");
      reply = autoReply("carl@example.com", "<0102@smarthost.example>");
      assertThat(site.receive("bob@example.com", "anna@ours.test", reply))
          .isInstanceOf(Action.Refuse.class);
    }
  }

  /** A dead store must not turn a genuine answer into backscatter. */
  @Test
  void aFailingStoreNeverCountsAgainstAMessage() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.pass(Duration.ofDays(8));
      site.store.close();

      assertThat(site.rcpt("<>", "anna@ours.test")).isEqualTo(Answer.CONTINUE);
      assertThat(
              Site.verdict(
                  site.receive(
                      "<>", "anna@ours.test", Answers.bounce("<x@ours.test>", "bob@example.com"))))
          .startsWith("unproven;")
          .contains("journal=error");
    }
  }

  @Test
  void forgedVerdictsAreRemovedFromTheLastToTheFirst() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      Action action =
          site.receive(
              "bob@example.com",
              "anna@ours.test",
              """
              Backstop-Verdict: genuine
              From: bob@example.com
              BACKSTOP-VERDICT: genuine

              Hi
              """);

      assertThat(Site.edits(action))
          .containsExactly(
              new Action.Edit.RemoveHeader("Backstop-Verdict", 2),
              new Action.Edit.RemoveHeader("Backstop-Verdict", 1));
    }
  }

  @Test
  void mailForOthersIsNotTouched() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      assertThat(site.rcpt("<>", "x@elsewhere.test")).isEqualTo(Answer.CONTINUE);
      assertThat(
              site.receive(
                  "<>", "x@elsewhere.test", Answers.bounce("<x@y.test>", "bob@example.com")))
          .isEqualTo(Action.ACCEPT);
    }
  }

  @Test
  void oneDomainThatObservesProtectsTheMessageFromTheOthers() throws Exception {
    String both =
        """
        domains = ["ours.test", "new.test"]
        mode = "enforce"
        [domain."new.test"]
        mode = "observe"
        """;
    try (var site = new Site(folder, both)) {
      site.pass(Duration.ofDays(8));
      var transaction =
          new Transaction(
              Site.client("192.0.2.7", null),
              "Q",
              Mailbox.parse("bob@example.com"),
              Site.mailboxes("anna@ours.test", "anna@new.test"));

      assertThat(
              Site.verdict(
                  site.message(
                      transaction, Site.message(autoReply("bob@example.com", "<f@ours.test>")))))
          .startsWith("unproven; form=auto-reply; mode=observe; action=pass; enforcing=refuse");
    }
  }

  @Test
  void theTableTakesOffOnlyTagsThatWeSigned() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      var table = new Untagging(site.rules, site);
      String tagged = site.tagged("anna@ours.test");

      assertThat(table.lookup(tagged)).contains("anna@ours.test");
      site.pass(Duration.ofDays(30));
      assertThat(table.lookup(tagged)).contains("anna@ours.test");
      for (String other :
          List.of(
              "anna@ours.test",
              "prvs=0123abcdef=nobody@ours.test",
              tagged.replace("ours", "others"),
              "@ours.test",
              "")) {
        assertThat(table.lookup(other)).isEmpty();
      }
    }
  }

  private static String receipt(String reader, String messageId) {
    return """
    From: READER
    To: anna@ours.test
    Subject: Read: Hello
    Content-Type: multipart/report; report-type=disposition-notification; boundary=b

    --b
    Content-Type: text/plain

    Your message was displayed.
    --b
    Content-Type: message/disposition-notification

    Final-Recipient: rfc822; READER
    Original-Message-ID: MESSAGE-ID
    Disposition: manual-action/MDN-sent-manually; displayed
    --b--
    """
        .replace("READER", reader)
        .replace("MESSAGE-ID", messageId);
  }

  private static String autoReply(String from, String messageId) {
    return """
    From: ANSWERING
    To: anna@ours.test
    Subject: Away
    Auto-Submitted: auto-replied (vacation)
    In-Reply-To: MESSAGE-ID

    I am away.
    """
        .replace("ANSWERING", from)
        .replace("MESSAGE-ID", messageId);
  }
}
