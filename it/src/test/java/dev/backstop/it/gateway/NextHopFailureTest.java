package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Answer.abort;
import static dev.backstop.it.gateway.Answer.close;
import static dev.backstop.it.gateway.Answer.raw;
import static dev.backstop.it.gateway.Answer.say;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A next hop that refuses, dies, lies or talks nonsense at each point of a session. */
class NextHopFailureTest extends GatewayTest {

  /**
   * A row.
   *
   * @param at where it happens
   * @param last pattern of the last reply of a client that goes on as long as it is told yes
   */
  record Row(String name, Stage at, Answer answer, String last) {
    @Override
    public String toString() {
      return name + " at " + at;
    }
  }

  /** The next hop's own word reaches the client. */
  static Stream<Row> refusals() {
    return Stream.of(
        new Row(
            "4xx", Stage.MAIL, say("450 4.7.1 hop is greylisting"), "450.4\\.7\\.1 hop is grey.*"),
        new Row("5xx", Stage.MAIL, say("553 5.1.8 hop knows you"), "553.5\\.1\\.8 hop knows you.*"),
        new Row("4xx", Stage.RCPT, say("452 4.2.2 hop is full"), "452.4\\.2\\.2 hop is full.*"),
        new Row("5xx", Stage.RCPT, say("550 5.1.1 hop has no such"), "550.5\\.1\\.1 hop has no.*"),
        new Row("4xx", Stage.DATA, say("451 4.3.0 hop not now"), "451.4\\.3\\.0 hop not now.*"),
        new Row("5xx", Stage.DATA, say("554 5.5.1 hop will not"), "554.5\\.5\\.1 hop will not.*"),
        new Row("4xx", Stage.DOT, say("451 4.7.1 hop later"), "451.4\\.7\\.1 hop later.*"),
        new Row("5xx", Stage.DOT, say("550 5.7.1 hop says spam"), "550.5\\.7\\.1 hop says spam.*"),
        new Row("552", Stage.DOT, say("552 5.3.4 hop: large"), "552.5\\.3\\.4 hop: large.*"),
        new Row(
            "several lines",
            Stage.DOT,
            raw("550-5.7.1 hop says\r\n550-5.7.1 that this\r\n550 5.7.1 is spam\r\n"),
            "(?s)550.5\\.7\\.1 hop says.*is spam.*"),
        new Row("without enhanced code", Stage.RCPT, say("550 who?"), "550.(5\\.\\S+ )?who.*"));
  }

  /** Nothing of this is a yes, and the client may come again. */
  static Stream<Row> failures() {
    String later = "(451|421).4.*";
    return Stream.of(
        new Row("421", Stage.MAIL, say("421 4.3.2 hop is going").thenClose(), later),
        new Row("421", Stage.RCPT, say("421 4.3.2 hop is going").thenClose(), later),
        new Row("421", Stage.DATA, say("421 4.3.2 hop is going").thenClose(), later),
        new Row("421", Stage.DOT, say("421 4.3.2 hop is going").thenClose(), later),
        new Row("closing", Stage.HELLO, close(), later),
        new Row("closing", Stage.MAIL, close(), later),
        new Row("closing", Stage.RCPT, close(), later),
        new Row("closing", Stage.DATA, close(), later),
        new Row("closing", Stage.BODY, close(), later),
        new Row("closing", Stage.DOT, close(), later),
        new Row("death", Stage.MAIL, abort(), later),
        new Row("death", Stage.RCPT, abort(), later),
        new Row("death", Stage.DATA, abort(), later),
        new Row("death", Stage.BODY, abort(), later),
        new Row("death", Stage.DOT, abort(), later),
        new Row("half a reply, then closing", Stage.DOT, raw("25").thenClose(), later),
        new Row("a reply without line end", Stage.DOT, raw("250 ok").thenClose(), later),
        new Row("half of several lines", Stage.DOT, raw("250-2.0.0 ok\r\n").thenClose(), later),
        new Row("250 before the message", Stage.BODY, say("250 2.0.0 early"), later),
        new Row("250 together with 354", Stage.DATA, raw("354 go\r\n250 2.0.0 early\r\n"), later),
        new Row("250 instead of 354", Stage.DATA, say("250 2.0.0 what?"), later),
        new Row("354 instead of 250", Stage.DOT, say("354 more"), later),
        new Row("nonsense", Stage.MAIL, say("what do you want"), later),
        new Row("nonsense", Stage.DOT, say("ok"), later),
        new Row("code 000", Stage.DOT, say("000 ok"), later),
        new Row("code 999", Stage.DOT, say("999 ok"), later),
        new Row("code 2500", Stage.DOT, say("2500 ok"), later),
        new Row("different codes in one reply", Stage.DOT, raw("250-a\r\n550 b\r\n"), later),
        new Row("reply with NUL", Stage.DOT, say("250\0ok"), "(250|451|421).*"),
        new Row("empty reply", Stage.DOT, say(""), later),
        new Row(
            "endless reply line",
            Stage.DOT,
            raw("250 " + "x".repeat(3_000_000) + "\r\n"),
            "(?s)(250|451|421).*"),
        new Row("endless lines", Stage.DOT, raw("250-x\r\n".repeat(300_000) + "250 x\r\n"), later),
        new Row(
            "endless lines", Stage.RCPT, raw("250-x\r\n".repeat(300_000) + "250 x\r\n"), later));
  }

  /** A client that goes on as long as it is told yes; its last reply. */
  private String last(String text) {
    try (var client = gateway.greeted()) {
      for (String line : Case.ENVELOPE.lines().toList()) {
        String reply = client.say(line);
        if (!reply.startsWith("2")) {
          return reply.strip();
        }
      }
      String go = client.say("DATA");
      if (!go.startsWith("354")) {
        return go.strip();
      }
      client.write("Subject: x\r\n\r\n" + text + Case.END);
      return client.reply().strip();
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void itsOwnWordIsPassedOn(Row row) {
    gateway.awaitHealthy();
    gateway.hop.play(gateway.hop.usual().with(row.at(), row.answer()));

    assertThat(last("text")).matches("(?s)" + row.last());

    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().accepted()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatIsNoAnswerIsNoYes(Row row) {
    gateway.awaitHealthy();
    gateway.hop.play(gateway.hop.usual().with(row.at(), row.answer()));

    assertThat(last("text")).matches("(?s)" + row.last());

    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().messages()).hasSizeLessThanOrEqualTo(1);
  }

  /** The same in the middle of what does not fit into any buffer. */
  @Test
  void deathInTheMiddleOfALargeMessageIsNoYes() {
    gateway.awaitHealthy();
    gateway.hop.play(gateway.hop.usual().with(Stage.BODY, abort()));

    assertThat(last("line\r\n".repeat(500_000))).matches("(?s)(451|421).4.*");

    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().messages()).isEmpty();
  }

  @Test
  void aNextHopThatIsNotThereIs451AtMail() {
    gateway.awaitHealthy();
    gateway.hop.down();
    try (var client = gateway.greeted()) {
      assertThat(client.say("MAIL FROM:<sender@foreign.test>")).matches("(?s)451.4\\.4\\..*");
      assertThat(client.say("NOOP")).startsWith("250");
    } finally {
      gateway.hop.up();
    }
  }

  @ParameterizedTest
  @MethodSource("greetings")
  void aNextHopThatDoesNotGreetIs451(Answer greeting) {
    gateway.awaitHealthy();
    gateway.hop.play(gateway.hop.usual().with(Stage.CONNECT, greeting));

    assertThat(last("text")).matches("(?s)(451|421).4.*");

    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().messages()).isEmpty();
  }

  static Stream<Answer> greetings() {
    return Stream.of(
        say("554 5.3.2 hop takes no mail").thenClose(),
        say("421 4.3.2 hop is busy").thenClose(),
        say("SSH-2.0-OpenSSH_9.2"),
        raw("220-x\r\n".repeat(300_000)),
        close(),
        abort());
  }

  /** Some recipients are taken, some not: each has its own answer, and the rest goes on. */
  @Test
  void recipientsThatAreTakenGetTheMessage() {
    gateway.awaitHealthy();
    gateway.hop.play(
        gateway.hop.usual().with(Stage.RCPT, "gone@", say("550 5.1.1 hop has no such")));
    try (var client = gateway.greeted()) {
      assertThat(client.say("MAIL FROM:<sender@foreign.test>")).startsWith("250");
      assertThat(client.say("RCPT TO:<gone@ours.test>")).startsWith("550");
      assertThat(client.say("RCPT TO:<user@ours.test>")).startsWith("250");
      assertThat(client.say("RCPT TO:<gone@ours.test>")).startsWith("550");
      assertThat(client.say("DATA")).startsWith("354");
      client.write("Subject: x\r\n\r\nx" + Case.END);
      assertThat(client.reply()).startsWith("250 2.0.0 hop has it");
    }
    assertThat(gateway.hop.log().accepted().getFirst().recipients())
        .containsExactly("user@ours.test");
  }

  /** A reply may not smuggle a second one to the client. */
  @Test
  void theNextHopsTextHasNoLineOfItsOwn() {
    gateway.awaitHealthy();
    gateway.hop.play(
        gateway.hop.usual().with(Stage.RCPT, raw("550 5.1.1 no\n250 yes\r250 yes\r\n")));
    try (var client = gateway.greeted()) {
      client.say("MAIL FROM:<sender@foreign.test>");
      String reply = client.say("RCPT TO:<user@ours.test>");
      assertThat(reply).matches("(?s)(550|451|421).*");
      assertThat(reply.strip()).doesNotContain("\r", "\n");
      assertThat(client.say("NOOP")).matches("(?s)(250|421|closed).*").doesNotContain("yes");
    }
  }
}
