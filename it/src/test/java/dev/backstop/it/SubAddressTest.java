package dev.backstop.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tags in the form {@code user+prvs=…}, which Postfix understands without our table. */
@RequiresPostfix
@SuppressWarnings("NullAway.Init") // set before all tests
class SubAddressTest {
  private static World world;

  @BeforeAll
  static void start() {
    world =
        new World(
            "mode = \"enforce\"\n[domain.\"ours.test\"]\ntag-form = \"sub-address\"",
            DocumentedLines.startingWith("recipient_delimiter"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aGenuineBounceArrives() {
    world.sends("user", "nobody@foreign.test", "sub-addressed");

    Letter bounce = world.ours.letter("user", "Subject: sub-addressed");

    assertThat(world.foreign.logged("from=<user+prvs=", "@ours.test>")).isNotEmpty();
    assertThat(bounce.field("Delivered-To")).isEqualTo("user@ours.test");
    assertThat(bounce.field("Backstop-Verdict")).startsWith("genuine; form=bounce");
  }

  @Test
  void ourOwnServersBounceReachesTheUserWithoutTable() {
    world.sends("submitter", "nobody@refusing.test", "refused next door");

    Letter bounce = world.ours.letter("submitter", "Subject: refused next door");

    assertThat(bounce.text()).contains("554 5.7.1 <nobody@refusing.test>");
  }

  @Test
  void aForgedBounceIsRefused() {
    try (var stranger = world.stranger()) {
      stranger.expect("250", "MAIL FROM:<>");
      stranger.expect("550 5.7.1", "RCPT TO:<victim@ours.test>");
      stranger.expect("550 5.7.1", "RCPT TO:<victim+prvs=0123abcdef@ours.test>");
      stranger.expect("550 5.7.1", "RCPT TO:<victim+shop@ours.test>");
    }
  }
}
