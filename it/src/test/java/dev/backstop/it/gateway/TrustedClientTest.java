package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.gateway.HopLog.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients of our own may do, and strangers may not. */
class TrustedClientTest extends GatewayTest {
  @Override
  Gateway create() {
    return new Gateway(Script.usual(), "networks = [\"127.0.0.0/8\"]", "");
  }

  @BeforeEach
  void forget() {
    gateway.hop.awaitQuiet();
    gateway.hop.reset();
  }

  @Test
  void theirMailGoesAnywhereUnderATaggedSender() {
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<anna@ours.test>");
      assertThat(client.say("RCPT TO:<bob@elsewhere.test>")).startsWith("250");
      assertThat(client.say("RCPT TO:<carol@elsewhere.test>")).startsWith("250");
      client.say("DATA");
      client.write("From: anna@ours.test\r\nSubject: x\r\n\r\nx" + Case.END);
      assertThat(client.reply()).startsWith("250 2.0.0 hop has it");
    }
    Message message = gateway.hop.log().accepted().getFirst();
    assertThat(message.sender()).matches("prvs=0\\d{3}[0-9a-f]{6}=anna@ours\\.test");
    assertThat(message.recipients()).containsExactly("bob@elsewhere.test", "carol@elsewhere.test");
    assertThat(message.octets()).contains("Message-ID: <", "Backstop-Token: ");
  }

  @Test
  void theyAreOfferedReports() {
    try (var client = new Dialogue(gateway.port)) {
      client.reply();
      assertThat(client.say("EHLO client.test")).containsPattern("250.DSN");
      assertThat(client.say("MAIL FROM:<anna@ours.test> RET=HDRS ENVID=x")).startsWith("250");
      assertThat(client.say("RCPT TO:<bob@elsewhere.test> NOTIFY=SUCCESS,FAILURE"))
          .startsWith("250");
    }
    assertThat(gateway.hop.log().commands(Stage.MAIL).getFirst()).contains("RET=HDRS", "ENVID=x");
    assertThat(gateway.hop.log().commands(Stage.RCPT).getFirst())
        .contains("NOTIFY=SUCCESS,FAILURE");
  }

  /** They have no partial failure to fear, but a bounce has one recipient whoever brings it. */
  @Test
  void evenTheirsIsOneRecipientForTheNullSender() {
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<>");
      assertThat(client.say("RCPT TO:<bob@elsewhere.test>")).startsWith("250");
      assertThat(client.say("RCPT TO:<carol@elsewhere.test>")).startsWith("452 4.5.3");
    }
  }

  @Test
  void aSenderThatCannotBeReadIsNoSenderOfTheirsEither() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("MAIL FROM:< >")).startsWith("501");
    }
    assertThat(gateway.hop.log().commands(Stage.MAIL)).isEmpty();
  }
}
