package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A policy other than the default, in a real Postfix. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class PolicyTest {
  private static World world;

  @BeforeAll
  static void start() {
    world =
        new World(
            """
            mode = "enforce"
            answers.backscatter = "quarantine"
            [address."writer@ours.test"]
            backscatter = "mark"
            [address."correspondent@ours.test"]
            never-sends = true
            backscatter = "refuse"\
            """);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** Nothing is lost: a person looks through the queue and lets go what was held by mistake. */
  @Test
  void whatIsHeldWaitsInPostfixesQueueUntilItIsReleased() {
    bounce("victim", "held for a person");

    String line = world.ours.logged("milter-hold: END-OF-MESSAGE", "to=<victim@ours.test>");
    String queueId = line.replaceFirst(".*cleanup\\[\\d+]: ([0-9A-F]+): .*", "$1");
    assertThat(world.ours.queue()).contains(queueId + "!");
    assertThat(world.ours.mailbox("victim")).isEmpty();

    world.ours.release(queueId);
    Letter letter = world.ours.letter("victim", "held for a person");
    assertThat(letter.field("Backstop-Verdict"))
        .startsWith("backscatter; form=bounce; mode=enforce; action=quarantine");
  }

  @Test
  void whatIsMarkedIsDelivered() {
    bounce("writer", "marked for a filter");

    Letter letter = world.ours.letter("writer", "marked for a filter");
    assertThat(letter.field("Backstop-Verdict"))
        .startsWith("backscatter; form=bounce; mode=enforce; action=mark");
  }

  @Test
  void anAddressThatNeverSendsGetsNoAnswers() {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<>");
      stranger.expect(
          "550 5.7.1 Bounce to <correspondent@ours.test> refused: this address never sends mail",
          "RCPT TO:<correspondent@ours.test>");
    }
  }

  private static void bounce(String user, String subject) {
    try (var stranger = world.stranger()) {
      stranger.send(
          "", user + "@ours.test", Texts.bounce(user + "@ours.test", subject, World.messageId()));
    }
  }
}
