package dev.backstop.edge.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.limits.ClientLimits;
import dev.backstop.edge.smtp.GatewayFixture.Options;
import dev.backstop.edge.smtp.GatewayFixture.Talk;
import dev.backstop.edge.tls.ServerTls;
import dev.backstop.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the client is: certificates, logins, load balancers, and what strangers may do how often. */
@Timeout(60)
class GatewayTrustTest {
  private static final String MESSAGE = "Subject: a\r\n\r\nbody\r\n";

  @TempDir private Path folder;

  private Options secure() throws Exception {
    TestCertificate own = TestCertificate.selfSigned("gate.test");
    return Options.USUAL.with(
        ServerTls.load(own.writeChain(folder, "own"), own.writeKey(folder, "own")));
  }

  /** Trusts every server, and shows this certificate when it is asked for one. */
  private static SSLContext client(TestCertificate shown) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key", shown.keys().getPrivate(), new char[0], new X509Certificate[] {shown.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[] {new Trusting()}, null);
    return context;
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static void startTls(Talk client, TestCertificate shown) throws Exception {
    assertThat(client.say("STARTTLS")).startsWith("220 ");
    Socket plain = client.socket();
    client.over(client(shown).getSocketFactory().createSocket(plain, "gate.test", 25, true));
  }

  @Test
  void afterStartTlsEverythingBeginsAnew() throws Exception {
    try (var gate = new GatewayFixture(folder, secure());
        Talk client = gate.talk()) {
      client.hear();
      assertThat(client.say("EHLO client.test")).endsWith("|250 STARTTLS");
      client.say("MAIL FROM:<a@else.test>");
      startTls(client, TestCertificate.selfSigned("client.test"));
      assertThat(client.say("MAIL FROM:<a@else.test>")).startsWith("503 ");
      assertThat(client.say("EHLO client.test")).doesNotContain("STARTTLS");
      client.addressed("a@else.test", "b@ours.test");
      String body = "0123456789abcdef".repeat(4) + "\r\n";
      assertThat(client.say(MESSAGE + body.repeat(2000) + ".")).startsWith("250 ");
      assertThat(gate.hop.messages.getFirst())
          .contains("with ESMTPS id")
          .endsWith(body.repeat(2000));
    }
  }

  @Test
  void whatWasSentInClearBehindStartTlsIsNotRead() throws Exception {
    try (var gate = new GatewayFixture(folder, secure());
        Talk client = gate.talk().greeted()) {
      client.send("STARTTLS\r\nMAIL FROM:<a@else.test>\r\n");
      assertThat(client.hear()).startsWith("554 ");
      assertThat(client.hear()).isEqualTo("closed");
      assertThat(gate.hop.commands).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void aCertificateOfOursMayRelayAndNoOther() throws Exception {
    TestCertificate ours = TestCertificate.selfSigned("relay.ours.test");
    String fingerprint =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(ours.certificate().getEncoded()));
    try (var gate = new GatewayFixture(folder, secure(), Set.of(fingerprint))) {
      try (Talk client = gate.talk().greeted()) {
        startTls(client, TestCertificate.selfSigned("relay.ours.test"));
        client.say("EHLO client.test");
        client.say("MAIL FROM:<a@ours.test>");
        assertThat(client.say("RCPT TO:<x@else.test>")).startsWith("550 5.7.1 ");
      }
      try (Talk client = gate.talk().greeted()) {
        startTls(client, ours);
        client.say("EHLO client.test");
        client.say("MAIL FROM:<a@ours.test>");
        assertThat(client.say("RCPT TO:<x@else.test>")).startsWith("250 ");
      }
    }
  }

  @Test
  void loginsArePassedThrough() throws IOException {
    try (var gate = new GatewayFixture(folder, Options.USUAL.withAuth());
        Talk client = gate.talk()) {
      gate.hop.keywords = List.of("AUTH PLAIN LOGIN");
      gate.hop.answers.put("AUTH PLAIN", "235 2.7.0 welcome");
      gate.hop.answers.put("AUTH LOGIN", "334 VXNlcm5hbWU6");
      gate.hop.answers.put("dXNlcg==", "334 UGFzc3dvcmQ6");
      gate.hop.answers.put("d3Jvbmc=", "535 5.7.8 no");
      client.hear();
      assertThat(client.say("EHLO client.test")).endsWith("|250 AUTH PLAIN LOGIN");
      assertThat(client.say("AUTH CRAM-MD5")).startsWith("504 ");
      assertThat(client.say("AUTH LOGIN")).isEqualTo("334 VXNlcm5hbWU6");
      assertThat(client.say("dXNlcg==")).isEqualTo("334 UGFzc3dvcmQ6");
      assertThat(client.say("d3Jvbmc=")).isEqualTo("535 5.7.8 no");
      client.say("MAIL FROM:<a@ours.test>");
      assertThat(client.say("RCPT TO:<x@else.test>")).startsWith("550 5.7.1 ");
      client.say("RSET");
      assertThat(client.say("AUTH PLAIN AGFubmEAc2VjcmV0")).isEqualTo("235 2.7.0 welcome");
      assertThat(client.say("AUTH PLAIN AGFubmEAc2VjcmV0")).startsWith("503 ");
      client.addressed("a@ours.test", "x@else.test");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
      assertThat(gate.filter.seen.getFirst().peer().authenticated()).isEqualTo("anna");
      assertThat(gate.hop.messages.getFirst()).contains("with ESMTPA id");
    }
  }

  /** Another connection would not know the login: the client must say it again. */
  @Test
  void aLoginGoesWithItsConnection() throws IOException {
    try (var gate = new GatewayFixture(folder, Options.USUAL.withAuth());
        Talk client = gate.talk()) {
      gate.hop.keywords = List.of("AUTH PLAIN");
      gate.hop.answers.put("AUTH", "235 2.7.0 welcome");
      client.hear();
      client.say("EHLO client.test");
      client.say("AUTH PLAIN AGFubmEAc2VjcmV0");
      gate.hop.dropConnections();
      assertThat(client.say("MAIL FROM:<a@ours.test>")).startsWith("4");
      assertThat(gate.hop.commands).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void aLoadBalancerSaysWhoTheClientIs() throws IOException {
    try (var gate = new GatewayFixture(folder, Options.USUAL.withProxy());
        Talk client = gate.talk()) {
      client.send("PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\nEHLO client.test\r\n");
      assertThat(client.hear()).startsWith("220 ");
      client.hear();
      client.addressed("a@else.test", "b@ours.test");
      assertThat(client.say(MESSAGE + ".")).startsWith("250 ");
      assertThat(gate.filter.seen.getFirst().peer().address())
          .isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
      assertThat(gate.hop.messages.getFirst()).contains("([192.0.2.7])");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.test\r\n",
        "PROXY TCP4 nonsense\r\n",
        "PROXY TCP4 mail.test 1.2.3.4 1 2\r\n"
      })
  void aLoadBalancerThatDoesNotIsHungUpOn(String first) throws IOException {
    try (var gate = new GatewayFixture(folder, Options.USUAL.withProxy());
        Talk client = gate.talk()) {
      client.send(first);
      assertThat(client.hear()).isEqualTo("closed");
    }
  }

  @Test
  void othersCannotSayWhoTheyAre() throws IOException {
    try (var gate = new GatewayFixture(folder, Options.USUAL);
        Talk client = gate.talk()) {
      client.hear();
      assertThat(client.say("PROXY TCP4 192.0.2.7 198.51.100.1 4711 25")).startsWith("500 ");
    }
  }

  @Test
  void strangersHaveLimitsAndClientsOfOursHaveNone() throws IOException {
    var limits = new ClientLimits.Settings(2, 0, 2, 0);
    try (var gate = new GatewayFixture(folder, Options.USUAL.with(limits));
        Talk first = gate.talk().greeted();
        Talk second = gate.talk().greeted()) {
      try (Talk third = gate.talk()) {
        assertThat(third.hear()).startsWith("421 4.7.0 ");
        assertThat(third.hear()).isEqualTo("closed");
      }
      assertThat(first.say("MAIL FROM:<a@else.test>")).startsWith("250 ");
      assertThat(second.say("MAIL FROM:<a@else.test>")).startsWith("250 ");
      first.say("RSET");
      assertThat(first.say("MAIL FROM:<a@else.test>")).startsWith("450 4.7.1 ");
      gate.filter.trusting = true;
      assertThat(first.say("MAIL FROM:<a@else.test>")).startsWith("250 ");
      try (Talk third = gate.talk()) {
        assertThat(third.hear()).startsWith("220 ");
      }
      assertThat(gate.server.messages().clientOverLimit.sum()).isEqualTo(2);
    }
  }

  @Test
  void whoSearchesForAddressesLearnsNothingAfterAWhile() throws IOException {
    var limits = new ClientLimits.Settings(0, 0, 0, 2);
    try (var gate = new GatewayFixture(folder, Options.USUAL.with(limits));
        Talk client = gate.talk().greeted()) {
      gate.hop.answers.put("RCPT TO:<nobody", "550 5.1.1 nobody");
      client.say("MAIL FROM:<a@else.test>");
      assertThat(client.say("RCPT TO:<nobody1@ours.test>")).startsWith("550 ");
      assertThat(client.say("RCPT TO:<nobody2@ours.test>")).startsWith("550 ");
      assertThat(client.say("RCPT TO:<nobody3@ours.test>")).startsWith("4");
      assertThat(client.say("RCPT TO:<somebody@ours.test>")).startsWith("4");
    }
  }
}
