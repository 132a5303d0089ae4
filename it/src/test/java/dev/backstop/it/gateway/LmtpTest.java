package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Answer.say;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A next hop that speaks LMTP (RFC 2033) and so answers for each recipient. */
class LmtpTest extends GatewayTest {
  @Override
  Gateway create() {
    return new Gateway(Script.LMTP, "");
  }

  @Test
  void itIsGreetedWithLhloAndGetsTheMessage() {
    gateway.hop.reset();

    assertThat(gateway.sends("by lmtp")).startsWith("250");

    assertThat(gateway.hop.log().commands(Stage.HELLO))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("LHLO "));
    assertThat(gateway.hop.log().accepted()).hasSize(1);
  }

  /** Its answers could differ, and SMTP has one. */
  @Test
  void aSecondRecipientIsPutOff() {
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<sender@foreign.test>");
      assertThat(client.say("RCPT TO:<user@ours.test>")).startsWith("250");
      assertThat(client.say("RCPT TO:<other@ours.test>")).startsWith("452 4.5.3");
    }
  }

  @Test
  void itsRefusalAfterTheDataIsPassedOn() {
    gateway.hop.play(gateway.hop.usual().with(Stage.DOT, say("552 5.2.2 hop: mailbox full")));

    assertThat(gateway.sends("too much")).startsWith("552 5.2.2 hop: mailbox full");

    gateway.hop.reset();
  }
}
