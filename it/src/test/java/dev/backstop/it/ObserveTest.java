package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The default mode: everything is judged and nothing refused. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class ObserveTest {
  private static World world;

  @BeforeAll
  static void start() {
    world = new World("");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aForgedBounceIsDeliveredWithWhatEnforcingWouldHaveDone() {
    try (var stranger = world.stranger()) {
      String text = Texts.bounce("victim@ours.test", "a forged bounce", World.messageId());
      stranger.send("", "victim@ours.test", text);
    }

    Letter bounce = world.ours.letter("victim", "Subject: a forged bounce");

    assertThat(bounce.field("Backstop-Verdict"))
        .startsWith(
            "unproven; form=bounce; mode=observe; action=pass; enforcing=refuse; batv=none");
  }

  @Test
  void anExpiredTagIsDeliveredToThePlainAddress() {
    String expired = Tags.signed(world.backstop.data(), "victim@ours.test", -3);
    try (var stranger = world.stranger()) {
      stranger.send("", expired, Texts.bounce(expired, "a stale bounce", World.messageId()));
    }

    Letter bounce = world.ours.letter("victim", "Subject: a stale bounce");

    assertThat(bounce.field("Delivered-To")).isEqualTo("victim@ours.test");
    assertThat(bounce.field("Backstop-Verdict")).contains("enforcing=refuse");
  }

  @Test
  void aVerdictThatCameWithTheMessageIsNotBelieved() {
    try (var stranger = world.stranger()) {
      String text = Texts.bounce("victim@ours.test", "says it is genuine", World.messageId());
      stranger.send("", "victim@ours.test", "Backstop-Verdict: genuine\n" + text);
    }

    Letter bounce = world.ours.letter("victim", "Subject: says it is genuine");

    assertThat(bounce.field("Backstop-Verdict")).startsWith("unproven;");
  }

  @Test
  void aGenuineBounceSaysSo() {
    world.sends("user", "nobody@foreign.test", "observed");

    Letter bounce = world.ours.letter("user", "Subject: observed");

    assertThat(bounce.field("Backstop-Verdict"))
        .startsWith("genuine; form=bounce; mode=observe; action=pass; enforcing=pass; batv=proven");
  }

  /** A whole day of ordinary mail must look as if Backstop were not there. */
  @Test
  void ordinaryMailPassesUntouched() {
    try (var stranger = world.stranger()) {
      stranger.send("friend@foreign.test", "user@ours.test", "Subject: a good day\n\nHello.\n");
    }

    Letter letter = world.ours.letter("user", "Subject: a good day");

    assertThat(letter.text()).doesNotContain("Backstop").endsWith("\n\nHello.\n");
  }
}
