package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Site;
import dev.backstop.store.Arrivals;
import dev.backstop.store.SenderProof;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of strangers, from the end of the header to what is done. The client is 192.0.2.7. */
class SenderTest {
  private static final String OBSERVE = "domains = [\"ours.test\", \"strict.test\"]\n";
  private static final String ENFORCE = OBSERVE + "dmarc.mode = \"enforce\"\n";
  private static final String LETTER =
      "From: Bob <bob@bank.test>\nMessage-ID: <1@bank.test>\nSubject: Hi\n\nHello\n";

  @TempDir Path folder;

  @Test
  void aProvedSenderIsDescribedAndRemembered() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      publish(site, "v=spf1 ip4:192.0.2.7 -all", "v=DMARC1; p=reject");
      site.names.ptr("192.0.2.7", "mx.bank.test").address("mx.bank.test", "192.0.2.7");

      Action action = site.receive("<bob@bank.test>", "anna@ours.test", LETTER);

      assertThat(Site.added(action, "Authentication-Results"))
          .startsWith("mx.ours.test; spf=pass (")
          .contains("smtp.mailfrom=bob@bank.test")
          .contains("dkim=none")
          .contains("dmarc=pass (")
          .contains("header.from=bank.test")
          .contains("iprev=pass (mx.bank.test) policy.iprev=192.0.2.7");
      assertThat(Site.added(action, "Backstop-Sender")).isEmpty();
      var proof = new SenderProof("pass", "none", "pass");
      assertThat(site.store.arrivals().lookup("<1@bank.test>", Mailbox.parse("bob@bank.test")))
          .contains(new Arrivals.Known(proof, Site.START, true));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // policy of the domain, ours, what is done
    "reject,     enforce, refuse",
    "quarantine, enforce, mark",
    "none,       enforce, nothing",
    "reject,     observe, pass; mode=observe; enforcing=refuse",
    "quarantine, observe, pass; mode=observe; enforcing=mark",
    "none,       observe, nothing",
  })
  void aForgedSenderIsTreatedAsItsDomainAsks(String policy, String mode, String done)
      throws Exception {
    try (var site = new Site(folder, OBSERVE + "dmarc.mode = \"" + mode + "\"\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=" + policy);

      Action action = site.receive("<bob@bank.test>", "anna@ours.test", LETTER);

      switch (done) {
        case "refuse" ->
            assertThat(action)
                .isInstanceOfSatisfying(
                    Action.Refuse.class,
                    refuse ->
                        assertThat(refuse.reply().toString())
                            .startsWith("550 5.7.1 Mail from bank.test refused: ")
                            .contains("SPF of the envelope sender: fail; DKIM: none"));
        case "nothing" -> assertThat(Site.added(action, "Backstop-Sender")).isEmpty();
        default ->
            assertThat(Site.added(action, "Backstop-Sender"))
                .startsWith(done)
                .contains("dmarc=fail \"no authenticated domain is aligned with bank.test");
      }
      boolean refused = done.equals("refuse");
      assertThat(
              site.store
                  .arrivals()
                  .lookup("<1@bank.test>", Mailbox.parse("bob@bank.test"))
                  .map(Arrivals.Known::proof))
          .isEqualTo(
              refused
                  ? java.util.Optional.empty()
                  : java.util.Optional.of(new SenderProof("fail", "none", "fail")));
    }
  }

  @Test
  void oneDomainCanGoAheadAndOneThatObservesProtectsItsCompany() throws Exception {
    try (var site = new Site(folder, OBSERVE + "domain.\"strict.test\".dmarc = \"enforce\"\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");

      assertThat(site.receive("<bob@bank.test>", "anna@strict.test", LETTER))
          .isInstanceOf(Action.Refuse.class);
      assertThat(site.receive("<bob@bank.test>", "anna@ours.test", LETTER))
          .isInstanceOf(Action.Accept.class);
      var both =
          new Transaction(
              Site.client("192.0.2.7", null),
              "Q3",
              ReversePath.parse("<bob@bank.test>"),
              Site.mailboxes("anna@strict.test", "anna@ours.test"));
      assertThat(site.message(both, Site.message(LETTER))).isInstanceOf(Action.Accept.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // the client's network; a domain that SPF proves; one above it
    "192.0.2.0/24, 192.0.2.7",
    "lists.test,   lists.test",
    "test,         lists.test",
  })
  void aForwarderThatIsExceptedIsLetThrough(String except, String named) throws Exception {
    try (var site = new Site(folder, ENFORCE + "dmarc.except = [\"" + except + "\"]\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      site.names.txt("lists.test", "v=spf1 ip4:192.0.2.7 -all");

      Action action = site.receive("<list-bounces@lists.test>", "anna@ours.test", LETTER);

      assertThat(Site.added(action, "Backstop-Sender"))
          .startsWith("pass; mode=enforce; except=" + named + "; dmarc=fail");
    }
  }

  @Test
  void aForwarderThatIsOnlyNamedIsNotExcepted() throws Exception {
    try (var site = new Site(folder, ENFORCE + "dmarc.except = [\"lists.test\"]\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      site.names.txt("lists.test", "v=spf1 ip4:192.0.2.99 -all");

      assertThat(site.receive("<list-bounces@lists.test>", "anna@ours.test", LETTER))
          .isInstanceOf(Action.Refuse.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bank.test", "_dmarc.bank.test"})
  void aNameServerThatDoesNotAnswerRefusesNobody(String silent) throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      site.names.timeout(silent);

      Action action = site.receive("<bob@bank.test>", "anna@ours.test", LETTER);

      assertThat(Site.added(action, "Authentication-Results")).contains("dmarc=temperror");
      assertThat(Site.added(action, "Backstop-Sender")).isEmpty();
    }
  }

  @Test
  void aProvedAnswerToMailOfOursIsNeverRefused() throws Exception {
    try (var site = new Site(folder, ENFORCE + "mode = \"enforce\"\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");

      Action action = site.receive("<>", site.tagged("anna@ours.test"), bounce());

      assertThat(Site.verdict(action)).startsWith("genuine");
      assertThat(Site.added(action, "Backstop-Sender")).startsWith("pass; mode=enforce");
    }
  }

  @Test
  void twoAuthorsAreNoWayAround() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      site.names.txt("evil.test", "v=spf1 +all");
      String letter = "From: a@evil.test\nFrom: bob@bank.test\n\nHello\n";

      assertThat(site.receive("<a@evil.test>", "anna@ours.test", letter))
          .isInstanceOf(Action.Refuse.class);
      assertThat(
              site.receive(
                  "<a@evil.test>", "anna@ours.test", "From: a@evil.test, b@bank.test\n\nHi\n"))
          .isInstanceOf(Action.Refuse.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: a@d0.test, b@d1.test, c@d2.test, bob@bank.test",
        "From: a@evil.test, bob@bank.test",
        "From: a@slow.test, bob@bank.test",
        "From: Bob <bob@ bank.test>",
        "From: bob@bank.test <>",
        "From : bob@bank.test"
      })
  void noFromIsAWayAroundThePolicy(String from) throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      site.names.txt("evil.test", "v=spf1 +all").timeout("slow.test").timeout("_dmarc.slow.test");

      assertThat(site.receive("<a@evil.test>", "anna@ours.test", from + "\n\nHello\n"))
          .isInstanceOf(Action.Refuse.class);
    }
  }

  /** What is not known must be seen, and not what is none beside it. */
  @Test
  void anAuthorWhoCouldNotBeCheckedIsNotHiddenByAnother() throws Exception {
    try (var site = new Site(folder, ENFORCE)) {
      site.names.timeout("_dmarc.bank.test").timeout("bank.test");

      Action action =
          site.receive("<a@d.test>", "anna@ours.test", "From: a@d.test, b@bank.test\n\nHi\n");

      assertThat(Site.added(action, "Authentication-Results")).contains("dmarc=temperror");
    }
  }

  /** SPF that asks for all that it may must not leave the author's policy unasked. */
  @Test
  void aSenderWhoUsesUpTheBudgetHidesNoPolicy() throws Exception {
    try (var site = new Site(folder, ENFORCE + "auth.max-queries = 10\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      site.names.txt(
          "greedy.test",
          "v=spf1 a:a.test a:b.test mx:c.test a:d.test a:e.test a:f.test a:g.test a:h.test -all");

      assertThat(site.receive("<a@greedy.test>", "anna@ours.test", LETTER))
          .isInstanceOf(Action.Refuse.class);
    }
  }

  @Test
  void resultsInOurNameAreRemovedAndThoseOfOthersStay() throws Exception {
    try (var site = new Site(folder, OBSERVE + "auth.name = \"mail.ours.test\"\n")) {
      String forged =
          """
          Authentication-Results: mail.ours.test; dmarc=pass
          Authentication-Results: other.test; dmarc=pass
          authentication-results: (x) MAIL.ours.test 1; spf=pass
          Backstop-Sender: pass
          """;

      Action action = site.receive("<bob@bank.test>", "anna@ours.test", forged + LETTER);

      assertThat(Site.edits(action))
          .filteredOn(Edit.RemoveHeader.class::isInstance)
          .containsExactly(
              new Edit.RemoveHeader("Backstop-Sender", 1),
              new Edit.RemoveHeader("Authentication-Results", 3),
              new Edit.RemoveHeader("Authentication-Results", 1));
      assertThat(Site.added(action, "Authentication-Results")).startsWith("mail.ours.test; ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // authenticated; in our networks; unknown address; to somebody else; switched off
    "192.0.2.7, anna, anna@ours.test,   true",
    "127.0.0.1,     , anna@ours.test,   true",
    "         ,     , anna@ours.test,   true",
    "192.0.2.7,     , carl@other.test,  true",
    "192.0.2.7,     , anna@ours.test,   false",
  })
  void nobodyIsAskedAboutOthers(String client, String login, String recipient, boolean check)
      throws Exception {
    try (var site = new Site(folder, ENFORCE + "auth.check = " + check + "\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      InetAddress address = client == null ? null : InetAddress.ofLiteral(client);
      var transaction =
          new Transaction(
              new Peer(address, "unknown", "helo.test", login, false),
              "Q4",
              ReversePath.parse("<bob@bank.test>"),
              Site.mailboxes(recipient));

      Action action = site.message(transaction, Site.message(LETTER));

      assertThat(Site.edits(action)).isEmpty();
      assertThat(site.names.questions()).isEmpty();
    }
  }

  @Test
  void aMessageThatAsksForTooMuchIsNotFollowed() throws Exception {
    try (var site = new Site(folder, ENFORCE + "auth.max-queries = 10\n")) {
      publish(site, "v=spf1 -all", "v=DMARC1; p=reject");
      var signatures = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        signatures.append("DKIM-Signature: v=1; a=rsa-sha256; s=s; h=from; b=AAAA; d=d").append(i);
        signatures.append(".test; bh=").append("A".repeat(43)).append("=\n");
      }

      Action action = site.receive("<bob@bank.test>", "anna@ours.test", signatures + LETTER);

      assertThat(action).as("what was not asked is no proof of a forgery").isNotNull();
      assertThat(site.names.questions()).hasSizeLessThanOrEqualTo(20);
    }
  }

  private static void publish(Site site, String spf, String dmarc) {
    site.names.txt("bank.test", spf).txt("_dmarc.bank.test", dmarc);
  }

  private static String bounce() {
    return """
    From: MAILER-DAEMON@bank.test
    Subject: Undelivered Mail Returned to Sender
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; bank.test

    Final-Recipient: rfc822; x@bank.test
    Action: failed
    Status: 5.1.1

    --b--
    """;
  }

  static List<String> names(Action action) {
    return Site.edits(action).stream()
        .filter(Edit.InsertHeader.class::isInstance)
        .map(edit -> ((Edit.InsertHeader) edit).name())
        .toList();
  }
}
