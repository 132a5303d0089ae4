package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AUTH goes through to the next hop, which knows the passwords; whom it accepts is ours. */
class AuthTest extends GatewayTest {
  private static final String GOOD = "AGFubmEAZ29vZA==";
  private static final String ELSEWHERE = "RCPT TO:<user@elsewhere.test>";

  @Override
  Gateway create() {
    Script script =
        Script.offering("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "AUTH PLAIN LOGIN")
            .with(Stage.OTHER, "AUTH ", Answer.say("535 5.7.8 hop does not know you"))
            .with(Stage.OTHER, "AUTH PLAIN " + GOOD, Answer.say("235 2.7.0 hop knows you"))
            .with(Stage.OTHER, "AUTH LOGIN", Answer.say("334 VXNlcm5hbWU6"))
            .with(Stage.OTHER, "*", Answer.say("501 5.7.0 hop gives up"))
            .with(Stage.OTHER, "YW5uYQ==", Answer.say("334 UGFzc3dvcmQ6"))
            .with(Stage.OTHER, "Z29vZA==", Answer.say("235 2.7.0 hop knows you"));
    return new Gateway(script, "auth = true");
  }

  @BeforeEach
  void forget() {
    gateway.hop.awaitQuiet();
    gateway.hop.reset();
  }

  @Test
  void itIsOfferedWithTheNextHopsMechanisms() {
    try (var client = new Dialogue(gateway.port)) {
      client.reply();
      assertThat(client.say("EHLO client.test")).containsPattern("250.AUTH .*PLAIN");
    }
  }

  @Test
  void whomTheNextHopAcceptsIsOurs() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("AUTH PLAIN " + GOOD)).startsWith("235");
      assertThat(client.say("MAIL FROM:<anna@ours.test>")).startsWith("250");
      assertThat(client.say(ELSEWHERE)).startsWith("250");
    }
    assertThat(gateway.hop.log().commands()).contains("AUTH PLAIN " + GOOD);
  }

  @Test
  void aDialogueOfSeveralStepsGoesThrough() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("AUTH LOGIN")).startsWith("334");
      assertThat(client.say("YW5uYQ==")).startsWith("334");
      assertThat(client.say("Z29vZA==")).startsWith("235");
      assertThat(client.say("MAIL FROM:<anna@ours.test>")).startsWith("250");
      assertThat(client.say(ELSEWHERE)).startsWith("250");
    }
  }

  @Test
  void whomItDoesNotKnowIsAStranger() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("AUTH PLAIN AGFubmEAYmFk")).startsWith("535");
      assertThat(client.say("MAIL FROM:<anna@ours.test>")).startsWith("250");
      assertThat(client.say(ELSEWHERE)).startsWith("550");
    }
  }

  @Test
  void aDialogueThatBreaksOffAuthenticatesNobody() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("AUTH LOGIN")).startsWith("334");
      assertThat(client.say("*")).matches("(?s)5\\d\\d.*");
      assertThat(client.say("MAIL FROM:<anna@ours.test>")).startsWith("250");
      assertThat(client.say(ELSEWHERE)).startsWith("550");
    }
  }

  @Test
  void aSecondTimeAndWithinATransactionItIsRefused() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("AUTH PLAIN " + GOOD)).startsWith("235");
      assertThat(client.say("AUTH PLAIN " + GOOD)).startsWith("503");
    }
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<anna@ours.test>");
      assertThat(client.say("AUTH PLAIN " + GOOD)).startsWith("503");
    }
  }

  @Test
  void noPasswordIsInTheLog() {
    try (var client = gateway.greeted()) {
      client.say("AUTH PLAIN " + GOOD);
    }
    assertThat(gateway.backstop.log()).doesNotContain(GOOD, "good");
  }
}
