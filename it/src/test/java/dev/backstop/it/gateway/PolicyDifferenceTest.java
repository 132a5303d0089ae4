package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One reply for all recipients: where their policies differ a stranger brings one at a time. */
class PolicyDifferenceTest extends GatewayTest {
  @Override
  Gateway create() {
    return new Gateway(
        Script.usual(),
        """

        [address."strict@ours.test"]
        mode = "enforce"
        """);
  }

  @Test
  void whoseMessageMightBeRefusedForOneOnlyIsPutOff() {
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<sender@foreign.test>");
      assertThat(client.say("RCPT TO:<user@ours.test>")).startsWith("250");
      assertThat(client.say("RCPT TO:<strict@ours.test>")).startsWith("452 4.5.3");
      assertThat(client.say("RCPT TO:<other@ours.test>")).startsWith("250");
    }
  }

  @Test
  void inEitherOrder() {
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<sender@foreign.test>");
      assertThat(client.say("RCPT TO:<strict@ours.test>")).startsWith("250");
      assertThat(client.say("RCPT TO:<user@ours.test>")).startsWith("452 4.5.3");
    }
  }
}
