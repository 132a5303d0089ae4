package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A domain that enforces its tags, seen from outside. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class EnforceTest {
  private static World world;

  @BeforeAll
  static void start() {
    world = new World("mode = \"enforce\"");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aGenuineBounceArrivesUnderThePlainAddress() {
    world.sends("user", "nobody@foreign.test", "a letter to nobody");

    Letter bounce = world.ours.letter("user", "Subject: a letter to nobody");

    assertThat(bounce.field("Backstop-Verdict")).startsWith("genuine; form=bounce");
    assertThat(bounce.field("Delivered-To")).isEqualTo("user@ours.test");
    assertThat(world.taggedSender("user")).matches("prvs=0\\d{3}[0-9a-f]{6}=user@ours\\.test");
  }

  @Test
  void theCaseOfALocalPartSurvivesTheRoundTrip() {
    world.sends("Mixed", "nobody@foreign.test", "a letter of Mixed");

    Letter bounce = world.ours.letter("mixed", "Subject: a letter of Mixed");

    assertThat(world.taggedSender("Mixed")).endsWith("=Mixed@ours.test");
    assertThat(bounce.field("Backstop-Verdict")).startsWith("genuine; form=bounce");
    assertThat(bounce.field("Delivered-To")).isEqualTo("Mixed@ours.test");
  }

  @Test
  void aForgedBounceIsRefusedBeforeItsData() {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<>");
      stranger.expect(
          "550 5.7.1 Bounce to <victim@ours.test> refused", "RCPT TO:<victim@ours.test>");
      stranger.expect("554", "DATA");
    }
  }

  @Test
  void theBounceOfAForgedMessageStaysWithTheServerThatMadeIt() {
    try (var spammer = new SmtpClient(SmtpClient.STRANGER, world.foreign.port())) {
      spammer.send(
          "victim@ours.test",
          "nobody@foreign.test",
          Texts.plain("victim", "nobody@foreign.test", "pills", World.messageId()));
    }

    assertThat(world.foreign.logged("to=<victim@ours.test>", "status=bounced"))
        .contains("550 5.7.1 Bounce to <victim@ours.test> refused");
    assertThat(world.ours.mailbox("victim")).isEmpty();
  }

  @Test
  void aTagThatWeNeverSignedIsRefused() {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<>");
      stranger.expect("550 5.", "RCPT TO:<prvs=0123abcdef=victim@ours.test>");
      stranger.expect("550 5.", "RCPT TO:<prvs=9123abcdef=victim@ours.test>");
    }
  }

  @Test
  void anExpiredTagIsRefusedAndAFreshOneIsNot() {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<>");
      for (int days : new int[] {-1, -30, -500, 9, 400}) {
        stranger.expect("550 5.7.1", "RCPT TO:<" + signed("victim@ours.test", days) + ">");
      }
      stranger.expect("250", "RCPT TO:<" + signed("victim@ours.test", 7) + ">");
      stranger.expect("250", "RCPT TO:<" + signed("victim@ours.test", 0) + ">");
    }
  }

  /** Somebody answers to the Return-Path, which is no bounce and needs no tag. */
  @Test
  void ordinaryMailToATaggedAddressIsDeliveredToThePlainOne() {
    String tagged = signed("user@ours.test", 7);
    try (var stranger = world.stranger()) {
      stranger.send("friend@foreign.test", tagged, "Subject: to the tag\n\nHello.\n");
    }

    Letter letter = world.ours.letter("user", "Subject: to the tag");

    assertThat(letter.field("Delivered-To")).isEqualTo("user@ours.test");
    assertThat(letter.fields("Backstop-Verdict")).isEmpty();
  }

  @Test
  void ourOwnServersBounceReachesTheUser() {
    world.sends("submitter", "nobody@refusing.test", "refused next door");

    Letter bounce = world.ours.letter("submitter", "Subject: refused next door");

    assertThat(bounce.text()).contains("554 5.7.1 <nobody@refusing.test>");
    assertThat(bounce.field("Delivered-To")).isEqualTo("submitter@ours.test");
    assertThat(bounce.field("To")).isEqualTo("submitter@ours.test");
  }

  @Test
  void ourOwnServersBounceReachesWhoUsedTheSendmailCommand() {
    world.ours.sendmail(
        "cron@ours.test", "nobody@refusing.test", "Subject: from cron\n\nIt ran.\n");

    Letter bounce = world.ours.letter("cron", "Subject: from cron");

    assertThat(bounce.text()).contains("554 5.7.1 <nobody@refusing.test>");
    assertThat(world.ours.logged("from=<prvs=", "=cron@ours.test>")).isNotEmpty();
  }

  @Test
  void aForeignBounceReachesWhoUsedTheSendmailCommand() {
    world.ours.sendmail("cron@ours.test", "nobody@foreign.test", "Subject: cron far\n\nIt ran.\n");

    Letter bounce = world.ours.letter("cron", "Subject: cron far");

    assertThat(bounce.field("Backstop-Verdict")).startsWith("genuine; form=bounce");
  }

  @Test
  void mailToAnExceptionLeavesWithoutTagAndItsBounceIsTaken() {
    world.sends("subscriber", "nobody@list.test", "to the list");

    Letter bounce = world.ours.letter("subscriber", "Subject: to the list");

    assertThat(world.foreign.logged("from=<subscriber@ours.test>")).isNotEmpty();
    assertThat(bounce.field("Backstop-Verdict")).startsWith("genuine; form=bounce");
    // Only who wrote to an exception may get bounces without a tag.
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<>");
      stranger.expect("250", "RCPT TO:<subscriber@ours.test>");
      stranger.expect("550 5.7.1", "RCPT TO:<victim@ours.test>");
    }
  }

  /** Else our server would take it and bounce it later to whoever was forged. */
  @ParameterizedTest
  @ValueSource(strings = {"", "stranger@foreign.test"})
  void nobodyIsNotAcceptedBehindATag(String sender) {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<" + sender + ">");
      stranger.expect("550 5.", "RCPT TO:<prvs=0123abcdef=nobody@ours.test>");
      stranger.expect("550 5.1.1", "RCPT TO:<nobody@ours.test>");
    }
  }

  /** Postfix itself takes some of these for the null sender. */
  @ParameterizedTest
  @ValueSource(
      strings = {"< >", "<\"\">", "<@a:>", "<()>", "<undisclosed:;>", "<@>", "<a b@c>", "<,>"})
  void aSenderThatCannotBeReadIsNeverTakenForTheNullSender(String sender) {
    try (var stranger = world.stranger()) {
      String reply = stranger.say("MAIL FROM:" + sender);
      if (reply.startsWith("250")) {
        assertThat(stranger.say("RCPT TO:<user@ours.test>"))
            .doesNotContain("Bounce")
            .startsWith("501 5.1.7");
      } else {
        assertThat(reply).startsWith("501");
      }
    }
    assertThat(world.backstop.log()).doesNotContain("sender=" + sender);
  }

  /** As the manual says to try it. */
  @Test
  void theTableKnowsOnlyTagsThatWeSigned() {
    String table = "socketmap:inet:127.0.0.1:" + world.backstop.tablePort() + ":backstop";

    assertThat(world.ours.postmap(signed("user@ours.test", 7), table)).contains("user@ours.test");
    assertThat(world.ours.postmap(signed("user@ours.test", -9), table)).contains("user@ours.test");
    assertThat(world.ours.postmap("prvs=0123abcdef=user@ours.test", table)).isEmpty();
    assertThat(world.ours.postmap("user@ours.test", table)).isEmpty();
  }

  private static String signed(String address, int days) {
    return Tags.signed(world.backstop.data(), address, days);
  }
}
