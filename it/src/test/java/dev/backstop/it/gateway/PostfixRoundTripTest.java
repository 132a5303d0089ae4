package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.it.RequiresPostfix;
import dev.backstop.it.SmtpClient;
import org.junit.jupiter.api.Test;

/** Postfix, told by XCLIENT who the client is. */
@RequiresPostfix
class PostfixRoundTripTest extends RoundTrip {
  @Override
  MailServer createServer() {
    return PostfixServer.withXclient(gateway, "");
  }

  /** Its rules and its log see the client, with its name and its HELO. */
  @Test
  void postfixTreatsTheSessionAsTheClientsOwn() {
    try (var stranger = new SmtpClient(STRANGER, gateway)) {
      stranger.send("friend@foreign.test", "user@ours.test", "Subject: by xclient\n\nHello.\n");
    }
    ours.letter("user", "Subject: by xclient");

    assertThat(ours.logged("client=", "[127.0.0.2]")).contains("client=");
    assertThat(ours.letter("user", "Subject: by xclient").fields("Received").toString())
        .contains("127.0.0.2");
  }
}
