package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.UnusableKeyFileException;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import dev.backstop.testkit.dns.Zone;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who sends is checked at the door, with real name servers; what we send is signed. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class SenderTest {
  private static World world;

  @BeforeAll
  static void start() {
    world =
        new World(
            "dmarc.mode = \"enforce\"\ndns.timeout = \"2s\"",
            DocumentedLines.startingWith("smtpd_milters"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aStrangersLetterSaysWhatWasFound() {
    try (var stranger = world.stranger()) {
      stranger.send(
          "friend@foreign.test",
          "user@ours.test",
          """
          Authentication-Results: mx.ours.test; dmarc=pass header.from=foreign.test
          From: friend@foreign.test
          Subject: who I am

          Hello.
          """);
    }

    Letter letter = world.ours.letter("user", "Subject: who I am");

    assertThat(letter.field("Authentication-Results"))
        .startsWith("mx.ours.test; spf=pass (127.0.0.2 matches ip4:127.0.0.2")
        .contains("smtp.mailfrom=friend@foreign.test")
        .contains("dkim=none", "dmarc=none")
        .contains("iprev=pass (mx.foreign.test) policy.iprev=127.0.0.2");
  }

  @Test
  void aForgedSenderIsRefusedAtTheEndOfTheData() {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<boss@bank.test>");
      stranger.expect("250", "RCPT TO:<user@ours.test>");
      assertThat(stranger.data("From: boss@bank.test\nSubject: your money\n\nNow!\n"))
          .startsWith("550 5.7.1 Mail from bank.test refused: ")
          .contains("DMARC p=reject");
      stranger.send("friend@foreign.test", "user@ours.test", "Subject: next in session\n\nHi\n");
    }
    assertThat(world.ours.letter("user", "Subject: next in session").text()).contains("Hi");
    assertThat(world.backstop.log()).contains("policy=refuse done=refuse");
  }

  /** The name server of one sender must neither cost another his place nor anybody his mail. */
  @Test
  void aSilentNameServerRefusesNobodyAndHoldsUpNobodyElse() {
    CompletableFuture<String> slow =
        CompletableFuture.supplyAsync(() -> {
          try (var stranger = world.stranger()) {
            stranger.expect("250", "MAIL FROM:<friend@slow.test>");
            stranger.expect("250", "RCPT TO:<mixed@ours.test>");
            return stranger.data("From: friend@slow.test\nSubject: slow\n\nHello.\n");
          }
        });
    Await.until("the slow message to be checked", () -> world.asked("slow.test"));
    try (var stranger = world.stranger()) {
      stranger.send("friend@foreign.test", "mixed@ours.test", "Subject: quick\n\nHello.\n");
    }
    assertThat(slow).as("still waits, while the other is through").isNotDone();
    assertThat(slow.join()).startsWith("250");

    assertThat(world.ours.letter("mixed", "Subject: slow").field("Authentication-Results"))
        .contains("spf=temperror", "dmarc=temperror");
  }

  @Test
  void whatWeSendIsSignedAndVerifiesWhereItArrives() throws Exception {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPair ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    List<DkimKey> keys =
        List.of(key("r", Algorithm.RSA_SHA256, rsa), key("e", Algorithm.ED25519_SHA256, ed25519));
    Zone zone = World.zone();
    keys.forEach(key -> zone.txt(key.recordName().text(), key.record()));
    zone.txt("_dmarc.ours.test", "v=DMARC1; p=reject");
    try (var signing =
        new World(
            "dmarc.mode = \"enforce\"", DocumentedLines.startingWith("smtpd_milters"), zone)) {
      install(signing, keys);

      signing.sends("writer", "friend@foreign.test", "signed");
      Letter arrived = signing.foreign.letter("friend", "Subject: signed");
      assertThat(arrived.fields("DKIM-Signature")).hasSize(2);

      // The foreign server sends it back to us as it is: a forwarder, whose SPF is not ours.
      try (var forwarder = signing.stranger()) {
        forwarder.send("forwarder@foreign.test", "user@ours.test", arrived.text());
      }
      Letter back = signing.ours.letter("user", "Subject: signed");
      assertThat(back.fields("Authentication-Results").getFirst())
          .contains("header.s=r header.a=rsa-sha256", "header.s=e header.a=ed25519-sha256")
          .contains("dmarc=pass (aligned with ours.test: dkim=ours.test")
          .doesNotContain("dkim=fail");
    }
  }

  /** As `backstop keys dkim` does: the running server notices. */
  private static void install(World world, List<DkimKey> keys) throws UnusableKeyFileException {
    new DkimFile(world.backstop.data()).update(old -> new DkimKeys(keys));
    Await.until(
        "the server to see the keys", () -> world.backstop.log().contains("dkim-keys-changed"));
  }

  private static DkimKey key(String selector, Algorithm algorithm, KeyPair pair)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    return new DkimKey(
        DnsName.of("ours.test"),
        selector,
        algorithm,
        pair.getPublic(),
        now,
        new DkimState.Signing(pair.getPrivate(), now));
  }
}
