package dev.backstop.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** STARTTLS of clients: what was said in clear before it counts for nothing behind it. */
@RequiresProgram("openssl")
@SuppressWarnings("NullAway.Init") // set before all tests
class StartTlsTest extends GatewayTest {
  /** SIGHUP tries a certificate that cannot be read. */
  @Override
  String expected() {
    return "event=certificate-unusable";
  }

  @TempDir static Path folder;
  private Certificates ours;
  private Certificates known;
  private Certificates unknown;

  @Override
  Gateway create() {
    ours = Certificates.create(folder, "gateway.ours.test");
    known = Certificates.create(folder, "known.test");
    unknown = Certificates.create(folder, "unknown.test");
    return new Gateway(
        Script.usual(),
        """
        certificate = "%s"
        key = "%s"
        client-certificates = ["%s"]
        """
            .formatted(ours.certificate(), ours.key(), known.fingerprint()));
  }

  private Dialogue secure(Certificates shown) {
    var client = gateway.greeted();
    assertThat(client.say("STARTTLS")).startsWith("220");
    client.over(shown.client());
    return client;
  }

  @Test
  void itIsOfferedInClearOnly() {
    try (var client = gateway.greeted()) {
      assertThat(client.toString()).contains("STARTTLS");
    }
    try (var client = secure(unknown)) {
      String hello = client.say("EHLO client.test");
      assertThat(hello).startsWith("250").doesNotContain("STARTTLS");
      assertThat(client.say("STARTTLS")).startsWith("503");
    }
  }

  @Test
  void aMessagePassesThroughIt() {
    gateway.hop.reset();
    try (var client = secure(unknown)) {
      client.say("EHLO client.test");
      client.say("MAIL FROM:<sender@foreign.test>");
      client.say("RCPT TO:<user@ours.test>");
      client.say("DATA");
      client.write("Subject: x\r\n\r\n" + "0123456789\r\n".repeat(20_000) + Case.END);
      assertThat(client.reply()).startsWith("250 2.0.0 hop has it");
    }
    assertThat(gateway.hop.log().accepted().getFirst().octets()).endsWith("0123456789\r\n\r\n");
  }

  /** Somebody in the middle put it behind the command (RFC 3207 §4.2, CVE-2011-0411). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NOOP\r\n",
        "EHLO evil.test\r\nMAIL FROM:<evil@foreign.test>\r\nRCPT TO:<user@ours.test>\r\nDATA\r\n",
        "MAIL FROM:<evil@foreign.test>\r\n",
        "MAIL FROM:<evil@foreign.te"
      })
  void whatWasPipelinedBehindItIsNeverRun(String injected) {
    gateway.hop.awaitQuiet();
    gateway.hop.reset();
    try (var client = gateway.greeted()) {
      client.write("STARTTLS\r\n" + injected);
      String reply = client.reply();
      if (reply.startsWith("220")) {
        talkOn(client);
      } else {
        assertThat(reply).matches("(?s)(5\\d\\d|421|closed).*");
      }
    }
    gateway.hop.awaitQuiet();
    assertThat(gateway.hop.log().commands(Stage.MAIL)).isEmpty();
  }

  /** Either the connection is over, or the first command inside gets the first reply. */
  private void talkOn(Dialogue client) {
    try {
      client.over(ours.client());
    } catch (UncheckedIOException _) {
      return;
    }
    assertThat(client.say("RSET")).matches("(?s)(250 .*|5\\d\\d.*|closed)");
    assertThat(client.say("RCPT TO:<user@ours.test>")).matches("(?s)(503.*|closed)");
  }

  @Test
  void whatWasSaidBeforeIsForgotten() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("MAIL FROM:<sender@foreign.test>")).startsWith("250");
      String reply = client.say("STARTTLS");
      if (reply.startsWith("220")) {
        client.over(unknown.client());
        assertThat(client.say("MAIL FROM:<a@foreign.test>")).startsWith("503");
        client.say("EHLO client.test");
        assertThat(client.say("RCPT TO:<user@ours.test>")).startsWith("503");
      } else {
        assertThat(reply).startsWith("503");
      }
    }
  }

  @Test
  void anArgumentIsRefused() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("STARTTLS now")).startsWith("501");
    }
  }

  @Test
  void aHandshakeThatIsNoneEndsTheConnection() {
    try (var client = gateway.greeted()) {
      assertThat(client.say("STARTTLS")).startsWith("220");
      client.write("MAIL FROM:<evil@foreign.test>\r\n");
      assertThat(client.toEnd()).noneMatch(reply -> reply.startsWith("250"));
    }
  }

  @Test
  void aCertificateThatIsListedMakesItsHolderOurs() {
    try (var client = secure(known)) {
      client.say("EHLO client.test");
      client.say("MAIL FROM:<user@ours.test>");
      assertThat(client.say("RCPT TO:<user@elsewhere.test>")).startsWith("250");
    }
    try (var client = secure(unknown)) {
      client.say("EHLO client.test");
      client.say("MAIL FROM:<user@ours.test>");
      assertThat(client.say("RCPT TO:<user@elsewhere.test>")).startsWith("550");
    }
  }

  @Test
  void hundredsOfHandshakesThatNeverComeTakeNobodysPlace() {
    List<Dialogue> silent =
        java.util.stream.IntStream.range(0, 200).mapToObj(_ -> gateway.greeted()).toList();
    try {
      silent.forEach(client -> assertThat(client.say("STARTTLS")).startsWith("220"));
      assertThat(gateway.sends("past them")).startsWith("250");
    } finally {
      silent.forEach(Dialogue::close);
    }
  }

  /** A renewed certificate is used without a restart; a broken one is not. */
  @Test
  void aRenewedCertificateIsShown() throws IOException {
    Certificates renewed = Certificates.create(folder, "renewed.ours.test");
    Files.copy(renewed.key(), ours.key(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        renewed.certificate(),
        ours.certificate(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    gateway.backstop.reload();

    dev.backstop.it.Await.until("the new certificate", () -> shown().contains("renewed.ours.test"));

    Files.writeString(ours.certificate(), "broken");
    gateway.backstop.reload();
    assertThat(shown()).contains("renewed.ours.test");
    Files.copy(
        renewed.certificate(),
        ours.certificate(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private String shown() {
    return dev.backstop.it.Shell.run(
        "sh",
        "-c",
        "openssl s_client -starttls smtp -connect 127.0.0.1:"
            + gateway.port
            + " </dev/null 2>/dev/null | grep '^subject' || true");
  }
}
