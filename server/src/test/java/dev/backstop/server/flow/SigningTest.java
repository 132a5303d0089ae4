package dev.backstop.server.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.dns.DnsName;
import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.Site;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own mail leaves signed, and whoever gets it can verify it. */
class SigningTest {
  private static final String CONFIG =
      "domains = [\"ours.test\", \"other.test\"]\ndmarc.mode = \"enforce\"\n";

  private static final KeyPair RSA = pair("RSA");
  private static final KeyPair ED25519 = pair("Ed25519");

  @TempDir Path folder;

  @Test
  void aMessageIsSignedWithBothKeysAndVerifiesWhereItArrives() throws Exception {
    DkimKeys keys =
        new DkimKeys(
            List.of(
                key("ours.test", "r", Algorithm.RSA_SHA256, RSA),
                key("ours.test", "e", Algorithm.ED25519_SHA256, ED25519)));
    try (var site = new Site(folder, CONFIG, keys)) {
      keys.keys().forEach(key -> site.names.txt(key.recordName().text(), key.record()));
      site.names.txt("ours.test", "v=spf1 -all").txt("_dmarc.ours.test", "v=DMARC1; p=reject");
      String letter = "From: anna@ours.test\nSubject: Hi\n\nHello  \n\nBye\n\n\n";

      Action leaving = send(site, "<anna@ours.test>", letter);

      assertThat(SenderTest.names(leaving))
          .containsExactly("Message-ID", "Backstop-Token", "DKIM-Signature", "DKIM-Signature");
      assertThat(signature(leaving)).as("the token is signed").contains("Backstop-Token");
      // what the next server gets: the new fields on top, the last inserted first
      String arriving = header(leaving) + letter;
      Action action = site.receive("<anna@ours.test>", "bob@other.test", arriving);
      assertThat(Site.added(action, "Authentication-Results"))
          .contains("spf=fail")
          .contains("dkim=pass (the signature is good) header.d=ours.test header.s=r")
          .contains("header.d=ours.test header.s=e header.a=ed25519-sha256")
          .contains("dmarc=pass");
      assertThat(site.receive("<anna@ours.test>", "bob@other.test", arriving + "P.S.\n"))
          .as("one line more")
          .isInstanceOf(Action.Refuse.class);
    }
  }

  @Test
  void theAuthorsDomainSignsOnlyForItsOwnOrganization() throws Exception {
    DkimKeys keys =
        new DkimKeys(
            List.of(
                key("ours.test", "o", Algorithm.RSA_SHA256, RSA),
                key("other.test", "x", Algorithm.ED25519_SHA256, ED25519)));
    try (var site = new Site(folder, CONFIG, keys)) {
      assertThat(signature(send(site, "<anna@ours.test>", "From: anna@ours.test\n\nHi\n")))
          .contains("d=ours.test; s=o;");
      assertThat(signature(send(site, "<anna@ours.test>", "From: a@news.ours.test\n\nHi\n")))
          .as("a key of the domain above")
          .contains("d=ours.test; s=o;");
      assertThat(signature(send(site, "<anna@ours.test>", "From: bob@other.test\n\nHi\n")))
          .as("a customer does not sign for another")
          .contains("d=ours.test; s=o;");
      assertThat(signature(send(site, "<bob@other.test>", "From: bob@other.test\n\nHi\n")))
          .contains("d=other.test; s=x;");
    }
  }

  @Test
  void whatCannotBeSignedLeavesPlain() throws Exception {
    DkimKeys keys = new DkimKeys(List.of(key("ours.test", "o", Algorithm.RSA_SHA256, RSA)));
    try (var site = new Site(folder, CONFIG, keys)) {
      assertThat(signature(send(site, "<bob@other.test>", "From: bob@other.test\n\nHi\n")))
          .as("no key")
          .isEmpty();
      String two = "From: anna@ours.test\nFrom: eve@ours.test\n\nHi\n";
      assertThat(signature(send(site, "<anna@ours.test>", two))).as("two authors").isEmpty();
    }
  }

  private static Action send(Site site, String sender, String text) throws Exception {
    var transaction =
        new Transaction(
            Site.client("10.0.0.1", "anna"),
            "Q1",
            ReversePath.parse(sender),
            Site.mailboxes("friend@far.test"));
    return site.message(transaction, Site.message(text));
  }

  private static String signature(Action action) {
    return Site.added(action, "DKIM-Signature").replaceAll("[ \t]+", " ");
  }

  private static String header(Action action) {
    var header = new StringBuilder();
    for (Edit edit : Site.edits(action)) {
      if (edit instanceof Edit.InsertHeader insert) {
        header.insert(0, insert.name() + ": " + insert.value().replace("\r\n", "\n") + "\n");
      }
    }
    return header.toString();
  }

  private static DkimKey key(String domain, String selector, Algorithm algorithm, KeyPair pair) {
    return new DkimKey(
        DnsName.of(domain),
        selector,
        algorithm,
        pair.getPublic(),
        Site.START,
        new DkimState.Signing(pair.getPrivate(), Site.START));
  }

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
