package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Too much of everything: there is a bound, an answer, and others are served meanwhile. */
class FloodTest extends GatewayTest {
  private static final int MANY = 50_000;
  private static final int RECIPIENTS = 100;

  @Override
  Gateway create() {
    return new Gateway(
        Script.usual(),
        "max-message-size = \"1MiB\"\nmax-recipients = %d\nmax-connections-per-client = 20"
            .formatted(RECIPIENTS));
  }

  @AfterEach
  void othersAreServed() {
    assertThat(gateway.sends("behind the flood")).startsWith("250");
    gateway.hop.awaitQuiet();
    gateway.hop.reset();
  }

  /** Sends while it reads, because a server that is not read from stops reading. */
  private List<String> flood(Dialogue client, String octets) {
    Thread writer = Thread.ofVirtual().start(() -> client.write(octets));
    List<String> replies = client.toEnd();
    client.close();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return replies;
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOOP", "RSET", "VRFY a", "XYZZY", "HELP", "EHLO x", "MAIL FROM:<", ""})
  void commandsWithoutEndComeToAnEnd(String command) {
    try (var client = gateway.greeted()) {
      List<String> replies = flood(client, (command + "\r\n").repeat(MANY) + "QUIT\r\n");

      assertThat(replies).isNotEmpty();
      assertThat(replies.getLast()).matches("(?s)(421|221|5\\d\\d).*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL FROM:<", "EHLO ", "x", "RCPT TO:<user@ours.test> "})
  void aCommandLineWithoutEndIsRefused(String start) {
    try (var client = gateway.greeted()) {
      List<String> replies = flood(client, start + "a".repeat(5_000_000) + "\r\nQUIT\r\n");

      assertThat(replies).allSatisfy(reply -> assertThat(reply).matches("(?s)(500|501|421|221).*"));
    }
  }

  private String data(String octets) {
    try (var client = gateway.greeted()) {
      client.write(Case.ENVELOPE + "DATA\r\n");
      client.reply();
      client.reply();
      assertThat(client.reply()).startsWith("354");
      List<String> replies = flood(client, octets + Case.END + "QUIT\r\n");
      return replies.isEmpty() ? Dialogue.CLOSED : replies.getFirst();
    }
  }

  @Test
  void aHeaderLineWithoutEndIsRefused() {
    assertThat(data("Subject: " + "a".repeat(3_000_000))).matches("(?s)(5\\d\\d|closed).*");
    assertThat(gateway.hop.log().messages()).isEmpty();
  }

  @Test
  void aFieldFoldedWithoutEndIsRefused() {
    assertThat(data("Subject: a" + "\r\n a".repeat(500_000))).matches("(?s)(5\\d\\d|closed).*");
    assertThat(gateway.hop.log().messages()).isEmpty();
  }

  @Test
  void fieldsWithoutEndAreRefused() {
    assertThat(data("A: b\r\n".repeat(100_000) + "\r\nx")).startsWith("5");
    assertThat(gateway.hop.log().messages()).isEmpty();
  }

  @Test
  void aBodyWithoutEndIsRefused() {
    assertThat(data("Subject: x\r\n\r\n" + "line\r\n".repeat(5_000_000))).startsWith("552");
    assertThat(gateway.hop.log().messages()).isEmpty();
  }

  @Test
  void aBodyLineWithoutEndIsRefused() {
    assertThat(data("Subject: x\r\n\r\n" + "a".repeat(20_000_000))).startsWith("5");
    assertThat(gateway.hop.log().messages()).isEmpty();
  }

  /** RFC 5321 says 998; what comes in 900 kB goes on as it is or is refused, and is not folded. */
  @Test
  void aLongBodyLineIsNotChanged() {
    String line = "a".repeat(900_000);
    String reply = data("Subject: x\r\n\r\n" + line);
    assertThat(reply).matches("(?s)[25]\\d\\d.*");
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().messages())
        .allSatisfy(message -> assertThat(message.octets().endsWith(line + "\r\n")).isTrue());
  }

  @Test
  void recipientsWithoutEndAre452() {
    var lines = new StringBuilder("MAIL FROM:<sender@foreign.test>\r\n");
    for (int i = 0; i < 10_000; i++) {
      lines.append("RCPT TO:<user").append(i).append("@ours.test>\r\n");
    }
    try (var client = gateway.greeted()) {
      List<String> replies = flood(client, lines + "QUIT\r\n");

      assertThat(replies).filteredOn(reply -> reply.startsWith("250")).hasSize(RECIPIENTS + 1);
      assertThat(replies.get(RECIPIENTS + 1)).startsWith("452");
      assertThat(replies.getLast()).matches("(?s)(452|421|221).*");
    }
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().commands(Stage.RCPT)).hasSize(RECIPIENTS);
  }

  @Test
  void hundredsThatSayNothingTakeNobodysPlace() {
    List<Dialogue> silent = new ArrayList<>();
    try {
      IntStream.range(0, 500).forEach(_ -> silent.add(new Dialogue(gateway.port)));
      assertThat(gateway.sends("past the silent")).startsWith("250");
      assertThat(gateway.hop.log().commands(Stage.MAIL)).hasSize(1);
    } finally {
      silent.forEach(Dialogue::close);
    }
  }

  /** Who only greets costs the next hop nothing. */
  @Test
  void whoOnlyGreetsIsUnknownToTheNextHop() {
    List<Dialogue> idle = new ArrayList<>();
    try {
      IntStream.range(0, 100).forEach(_ -> idle.add(gateway.greeted()));
      assertThat(gateway.hop.connections()).isLessThanOrEqualTo(1);
    } finally {
      idle.forEach(Dialogue::close);
    }
  }

  @Test
  void connectionsOfOneClientAreBounded() {
    List<Dialogue> all = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        all.add(new Dialogue("127.9.9.9", gateway.port));
        assertThat(all.getLast().reply()).startsWith("220");
      }
      all.add(new Dialogue("127.9.9.9", gateway.port));
      assertThat(all.getLast().reply()).matches("(?s)421 4\\.7\\..*");
      assertThat(all.getLast().reply()).isEqualTo(Dialogue.CLOSED);
    } finally {
      all.forEach(Dialogue::close);
    }
  }

  @Test
  void aTlsGreetingOnThePlainPortIsHungUpOn() {
    try (var client = new Dialogue(gateway.port)) {
      client.reply();
      String random =
          IntStream.range(0, 200)
              .mapToObj(i -> "" + (char) (i * 37 % 256))
              .reduce("", String::concat);
      List<String> replies =
          flood(
              client,
              "\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003" + random);
      assertThat(replies).allSatisfy(reply -> assertThat(reply).matches("(?s)(5\\d\\d|421).*"));
    }
  }
}
