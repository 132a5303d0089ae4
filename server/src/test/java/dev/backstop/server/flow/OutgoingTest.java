package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.Action;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Site;
import dev.backstop.store.JournalLookup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingTest {
  /** Without the header token, which TokensTest is about. */
  private static final String PLAIN = "domains = [\"ours.test\"]\ntagging.token = false\n";

  @TempDir Path folder;

  @Test
  void theSenderIsSignedAndEveryRecipientJournaled() throws Exception {
    try (var site = new Site(folder, PLAIN)) {
      Action action =
          site.send("anna@ours.test", "<1@ours.test>", "bob@example.com", "eve@example.org");

      assertThat(action)
          .isEqualTo(
              new Action.Accept(
                  List.of(
                      new Action.Edit.ChangeSender(Mailbox.parse(site.tagged("anna@ours.test"))))));
      for (String recipient : List.of("bob@example.com", "eve@example.org")) {
        assertThat(site.store.journal().lookup("<1@ours.test>", Site.mailboxes(recipient)))
            .isInstanceOf(JournalLookup.SentTo.class);
      }
    }
  }

  @Test
  void theTagIsTheSameForARetryOnTheSameDay() throws Exception {
    try (var site = new Site(folder, PLAIN)) {
      Action first = site.send("anna@ours.test", "<1@ours.test>", "bob@example.com");
      site.pass(Duration.ofHours(3));

      assertThat(site.send("anna@ours.test", "<1@ours.test>", "bob@example.com")).isEqualTo(first);
    }
  }

  @Test
  void aSignedSenderIsNotSignedAgainButJournaled() throws Exception {
    try (var site = new Site(folder, PLAIN)) {
      Action action = site.send(site.tagged("anna@ours.test"), "<1@ours.test>", "bob@example.com");

      assertThat(action).isEqualTo(Action.ACCEPT);
      assertThat(site.store.journal().lookup("<1@ours.test>", Site.mailboxes("bob@example.com")))
          .isInstanceOf(JournalLookup.SentTo.class);
      assertThat(
              site.store
                  .journal()
                  .untaggedSince(Mailbox.parse("anna@ours.test"), Site.START.minusSeconds(60)))
          .isFalse();
    }
  }

  @Test
  void aForeignDialectIsLeftAlone() throws Exception {
    try (var site = new Site(folder, PLAIN)) {
      assertThat(site.send("btv1==02694aa88d==anna@ours.test", "<1@ours.test>", "bob@example.com"))
          .isEqualTo(Action.ACCEPT);
    }
  }

  @Test
  void theSubAddressFormIsUsedWhereConfigured() throws Exception {
    try (var site = new Site(folder, PLAIN + "tagging.form = \"sub-address\"")) {
      assertThat(
              Site.edits(site.send("anna@ours.test", "<1@ours.test>", "bob@example.com"))
                  .getFirst()
                  .toString())
          .contains("anna+prvs=0");
    }
  }

  @Test
  void mailToAnExceptionLeavesPlainAndIsRemembered() throws Exception {
    try (var site = new Site(folder, PLAIN + "tagging.except = [\"lists.example.org\"]")) {
      Action action =
          site.send("anna@ours.test", "<1@ours.test>", "bob@example.com", "dev@lists.example.org");

      assertThat(action).isEqualTo(Action.ACCEPT);
      assertThat(
              site.store
                  .journal()
                  .untaggedSince(Mailbox.parse("anna@ours.test"), Site.START.minusSeconds(60)))
          .isTrue();
    }
  }

  @Test
  void aMessageWithoutMessageIdGetsOne() throws Exception {
    try (var site = new Site(folder, PLAIN)) {
      List<Action.Edit> edits = Site.edits(site.send("anna@ours.test", "", "bob@example.com"));

      var added = (Action.Edit.InsertHeader) edits.getFirst();
      assertThat(added.name()).isEqualTo("Message-ID");
      assertThat(site.store.journal().lookup(added.value(), Site.mailboxes("bob@example.com")))
          .isInstanceOf(JournalLookup.SentTo.class);
    }
  }

  @Test
  void answersCanComeToAddressesOfOursInTheHeaderToo() throws Exception {
    try (var site = new Site(folder, "domains = [\"ours.test\", \"also.test\"]")) {
      var transaction =
          new Transaction(
              Site.client("10.0.0.1", "anna"),
              "Q",
              ReversePath.parse("bounces@ours.test"),
              Site.mailboxes("bob@example.com"));
      site.message(
          transaction,
          Site.message(
              "From: \"Anna (at work)\" <Anna@ours.test>, eve@elsewhere.test\n"
                  + "Reply-To: desk@also.test, not an address, "
                  + site.tagged("team@ours.test")
                  + "\nReply-To: more@ours.test\n"
                  + "Disposition-Notification-To: fifth@ours.test\n"
                  + "Message-ID: <1@ours.test>\n\nHi\n"));

      assertThat(wrote(site, "bounces@ours.test", "anna@ours.test", "desk@also.test")).isTrue();
      assertThat(wrote(site, "team@ours.test", "more@ours.test")).isTrue();
      assertThat(wrote(site, "eve@elsewhere.test")).as("not ours").isFalse();
      assertThat(wrote(site, "fifth@ours.test")).as("beyond the bound").isFalse();
    }
  }

  private static boolean wrote(Site site, String... writers) throws Exception {
    for (String writer : writers) {
      if (site.store
          .journal()
          .lastWrote(Mailbox.parse(writer), Site.mailboxes("bob@example.com"), Site.START)
          .isEmpty()) {
        return false;
      }
    }
    return true;
  }

  @Test
  void onlyTrustedClientsAndDomainsOfOursAreSigned() throws Exception {
    try (var site =
        new Site(folder, "domains = [\"ours.test\"]\nnetworks = [\"198.51.100.0/24\"]")) {
      assertThat(isSigned(site, Site.client("192.0.2.1", null), "anna@ours.test")).isFalse();
      assertThat(isSigned(site, Site.client("198.51.100.9", null), "anna@ours.test")).isTrue();
      assertThat(isSigned(site, Site.client("192.0.2.1", "anna"), "anna@ours.test")).isTrue();
      assertThat(isSigned(site, local(), "anna@ours.test")).isTrue();
      assertThat(isSigned(site, Site.client("198.51.100.9", null), "anna@elsewhere.test"))
          .isFalse();
      assertThat(isSigned(site, Site.client("198.51.100.9", null), "<>")).isFalse();
    }
  }

  /** The stated policy: mail goes on, still signed, when the journal cannot be written. */
  @Test
  void mailGoesOnWhenTheStoreFails() throws Exception {
    try (var site = new Site(folder, PLAIN)) {
      site.store.close();

      assertThat(Site.edits(site.send("anna@ours.test", "<1@ours.test>", "bob@example.com")))
          .hasSize(1);
    }
  }

  @Test
  void mailIsDeferredWhenTheStoreFailsAndThePolicySaysSo() throws Exception {
    try (var site =
        new Site(folder, "domains = [\"ours.test\"]\n[milter]\non-store-failure = \"tempfail\"")) {
      site.store.close();

      assertThat(site.send("anna@ours.test", "<1@ours.test>", "bob@example.com"))
          .isInstanceOfSatisfying(
              Action.Refuse.class, refuse -> assertThat(refuse.reply().code()).isEqualTo(451));
    }
  }

  private static Peer local() {
    return new Peer(null, "localhost", null, null, true);
  }

  private static boolean isSigned(Site site, Peer peer, String sender) throws Exception {
    var transaction =
        new Transaction(peer, "Q", ReversePath.parse(sender), Site.mailboxes("bob@example.com"));
    Action action =
        site.message(transaction, Site.message("From: x@y.test\nMessage-ID: <x@y.test>\n\nHi\n"));
    return Site.edits(action).stream().anyMatch(Action.Edit.ChangeSender.class::isInstance);
  }
}
