package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backstop is stopped: what goes on, what waits, and that nothing is lost. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class OutageTest {
  private static World world;

  @BeforeAll
  static void startAll() {
    world = new World("mode = \"enforce\"");
  }

  @AfterAll
  static void stopAll() {
    world.close();
  }

  @BeforeEach
  void stop() {
    world.backstop.stop();
  }

  @AfterEach
  void startAgain() {
    if (!world.backstop.isRunning()) {
      world.backstop.start();
    }
  }

  @Test
  void incomingMailGoesOn() {
    try (var stranger = world.stranger()) {
      stranger.send("friend@foreign.test", "user@ours.test", "Subject: in the dark\n\nHello.\n");
    }

    assertThat(world.ours.letter("user", "Subject: in the dark").fields("Backstop-Verdict"))
        .isEmpty();
  }

  @Test
  void outgoingMailOfOtherServersGoesOn() {
    try (var printer = new SmtpClient(SmtpClient.OURS, world.ours.port())) {
      printer.send("user@ours.test", "friend@foreign.test", "Subject: from a printer\n\nHi.\n");
    }

    assertThat(world.foreign.letter("friend", "Subject: from a printer").field("Return-Path"))
        .isEqualTo("<user@ours.test>");
  }

  /** Without a tag it would get no bounce, so its author keeps it for the moment. */
  @Test
  void whatUsersHandInWaitsForBackstop() {
    try (var client = new SmtpClient(SmtpClient.OURS, world.submission)) {
      client.expect("451 4.7.1", "MAIL FROM:<writer@ours.test>");
    }

    world.backstop.start();

    world.sends("writer", "friend@foreign.test", "a second try");
    assertThat(world.foreign.letter("friend", "Subject: a second try").field("Return-Path"))
        .endsWith("=writer@ours.test>");
  }

  @Test
  void whatTheSendmailCommandTakesWaitsForBackstop() {
    world.ours.sendmail("cron@ours.test", "friend@foreign.test", "Subject: nightly\n\nDone.\n");
    world.ours.logged("milter-reject", "4.7.1", "from=<cron@ours.test>");

    world.backstop.start();
    // Postfix tries again each minute, and whenever another message is handed in.
    world.ours.sendmail("cron@ours.test", "friend@foreign.test", "Subject: the next\n\nDone.\n");

    assertThat(world.foreign.letter("friend", "Subject: nightly").field("Return-Path"))
        .endsWith("=cron@ours.test>");
  }

  @Test
  void aBounceToATaggedAddressWaitsAndComesIn() {
    String tagged = Tags.signed(world.backstop.data(), "user@ours.test", 7);
    try (var client = new SmtpClient(SmtpClient.STRANGER, world.foreign.port())) {
      client.send(tagged, "nobody@foreign.test", "Subject: waits outside\n\nHello.\n");
    }
    assertThat(world.foreign.logged("to=<" + tagged + ">", "status=deferred")).contains(" 451 4.");

    world.backstop.start();

    Letter bounce = world.ours.letter("user", "Subject: waits outside");
    assertThat(bounce.field("Backstop-Verdict")).startsWith("genuine;");
  }

  /** It was accepted and signed before, and is refused next door while Backstop is away. */
  @Test
  void ourOwnServersBounceWaitsAndComesIn() {
    String tagged = Tags.signed(world.backstop.data(), "submitter@ours.test", 7);
    try (var client = new SmtpClient(SmtpClient.OURS, world.ours.port())) {
      client.send(tagged, "nobody@refusing.test", "Subject: waits inside\n\nHello.\n");
    }
    world.ours.logged("to=<nobody@refusing.test>", "554 5.7.1");

    world.backstop.start();
    world.ours.postfix("flush");

    assertThat(world.ours.letter("submitter", "Subject: waits inside").field("Delivered-To"))
        .isEqualTo("submitter@ours.test");
  }
}
