package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load balancer in front says who the client is, and nobody else may. */
class ProxyHeaderTest extends GatewayTest {
  private static final String BALANCER = "127.8.8.8";

  @Override
  Gateway create() {
    return new Gateway(
        Script.offering("PIPELINING", "ENHANCEDSTATUSCODES", "XCLIENT NAME ADDR PORT PROTO HELO"),
        "proxies = [\"" + BALANCER + "/32\"]");
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "PROXY TCP4 198.51.100.7 192.0.2.2 4711 25\r\n",
        "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u000c\u00c63d\u0007\u00c0\0\u0002\u0002\u0012g\0\u0019"
      })
  void theNextHopLearnsTheRealClient(String header) {
    gateway.hop.awaitQuiet();
    gateway.hop.reset();
    try (var client = new Dialogue(BALANCER, gateway.port)) {
      client.write(header);
      assertThat(client.reply()).startsWith("220");
      client.say("EHLO client.test");
      assertThat(client.say("MAIL FROM:<sender@foreign.test>")).startsWith("250");
    }
    assertThat(gateway.hop.log().commands())
        .filteredOn(line -> line.startsWith("XCLIENT "))
        .anyMatch(line -> line.contains("ADDR=198.51.100.7"));
  }

  /** A client of ours behind it is ours, the balancer itself is not. */
  @Test
  void networksAreThoseOfTheRealClient() {
    try (var client = new Dialogue(BALANCER, gateway.port)) {
      client.write("PROXY TCP4 192.0.2.1 192.0.2.2 4711 25\r\n");
      client.reply();
      client.say("EHLO client.test");
      client.say("MAIL FROM:<user@ours.test>");
      assertThat(client.say("RCPT TO:<user@elsewhere.test>")).startsWith("250");
    }
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "EHLO client.test\r\n",
        "PROXY\r\n",
        "PROXY TCP4 1.2.3 4.5.6.7 1 2\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 99999 25\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 25\n",
        "PROXY TCP6 ::1\r\n",
        "\r\n\r\n\0\r\nQUIT\n1\u0011\0\u000c\u00c63d\u0007\u00c0\0\u0002\u0002\u0012g\0\u0019",
        "\r\n\r\n\0\r\nQUIT\n!\u0011\u00ff\u00ff"
      })
  void aBalancerWithoutAHeaderIsHungUpOn(String octets) {
    gateway.hop.reset();
    try (var client = new Dialogue(BALANCER, gateway.port)) {
      client.write(octets);
      client.closeOutput();
      assertThat(client.toEnd()).noneMatch(reply -> reply.startsWith("220"));
    }
  }

  @Test
  void fromAnybodyElseItIsNoCommand() {
    gateway.hop.reset();
    try (var client = new Dialogue(gateway.port)) {
      client.write("PROXY TCP4 192.0.2.1 192.0.2.2 4711 25\r\n");
      client.reply();
      assertThat(client.reply()).matches("(?s)(5\\d\\d|421|closed).*");
      client.say("EHLO client.test");
      client.say("MAIL FROM:<user@ours.test>");
      assertThat(client.say("RCPT TO:<user@elsewhere.test>")).matches("(?s)(5\\d\\d|closed).*");
    }
    assertThat(gateway.hop.log().commands()).noneMatch(line -> line.contains("192.0.2.1"));
  }
}
