package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that vanishes at every octet of a transaction. */
class DisconnectTest extends GatewayTest {
  private static final List<String> WITH_DATA =
      List.of(
          Case.MAIL,
          Case.RCPT,
          "DATA\r\n",
          Case.HEADER + "some text\r\n..stuffed\r\nmore" + Case.END);

  private static final List<String> WITH_CHUNKS =
      List.of(
          Case.MAIL,
          Case.RCPT,
          Case.chunk(Case.HEADER + "some text\r\n"),
          Case.last(".not stuffed\r\nmore\r\n"));

  /** How it vanishes. */
  enum How {
    CLOSED,
    OUTPUT_CLOSED,
    RESET
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotWholeNeverComesToItsEnd(How how) {
    vanishEverywhere(WITH_DATA, how);
  }

  @ParameterizedTest
  @EnumSource
  void theSameWithChunks(How how) {
    vanishEverywhere(WITH_CHUNKS, how);
  }

  private void vanishEverywhere(List<String> steps, How how) {
    gateway.hop.awaitQuiet();
    gateway.hop.reset();
    int length = String.join("", steps).length();
    for (int octets = 0; octets < length; octets++) {
      vanish(steps, octets, how);
      assertThat(gateway.hop.log().messages()).as("after %s octets", octets).isEmpty();
    }
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().messages()).isEmpty();
    assertThat(gateway.hop.log().foul()).isEmpty();
  }

  /** Says that many octets, as soon as each step is answered. */
  private void vanish(List<String> steps, int octets, How how) {
    try (var client = gateway.greeted()) {
      int left = octets;
      for (String step : steps) {
        client.write(step.substring(0, Math.min(left, step.length())));
        left -= step.length();
        if (left < 0) {
          break;
        }
        client.reply();
      }
      switch (how) {
        case CLOSED -> {}
        case OUTPUT_CLOSED -> {
          client.closeOutput();
          assertThat(client.toEnd()).noneMatch(reply -> reply.startsWith("250 2.0.0 hop has it"));
        }
        case RESET -> client.abort();
      }
    }
  }
}
