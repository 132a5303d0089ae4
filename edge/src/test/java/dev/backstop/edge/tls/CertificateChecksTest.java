package dev.backstop.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.testkit.tls.TestCertificate;
import dev.backstop.testkit.tls.TestCertificate.Kind;
import dev.backstop.testkit.tls.TestCertificate.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed what, on both sides. */
@Timeout(60)
class CertificateChecksTest {
  @TempDir private Path folder;
  private final TestCertificate authority = TestCertificate.authority("Root of the test");

  private ServerTls server(TestCertificate certificate) throws UnusableCertificateException {
    return ServerTls.load(
        certificate.writeChain(folder, "own"), certificate.writeKey(folder, "own"));
  }

  private ClientTls believing(TestCertificate root) throws Exception {
    Path roots = Files.writeString(folder.resolve("roots.pem"), "Roots\n" + root.pem());
    return ClientTls.create(ClientTls.Check.NAME, Optional.of(roots));
  }

  /** How the client's handshake ends: the protocol, or what it says. */
  private static String connect(ServerTls server, SSLEngine client) throws Exception {
    try (Ends ends = Ends.open()) {
      FutureTask<TlsChannel> accepting =
          Ends.start(() -> TlsChannel.handshake(ends.server(), server.engine()));
      try {
        TlsChannel mine = TlsChannel.handshake(ends.client(), client);
        assertThat(Ends.get(accepting).isOpen()).isTrue();
        return mine.session().getProtocol();
      } catch (IOException e) {
        ends.client().close();
        assertThatThrownBy(() -> Ends.get(accepting)).isInstanceOf(IOException.class);
        return String.valueOf(e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"mx.ours.test, RSA", "mx.ours.test, EC", "127.0.0.1, EC", "::1, EC"})
  void rightNameIsBelieved(String name, Kind kind) throws Exception {
    TestCertificate middle = authority.issueAuthority("Middle of the test");
    ServerTls server = server(middle.issue(Subject.of(name, kind)));
    assertThat(connect(server, believing(authority).engine(name, 25))).isEqualTo("TLSv1.3");
  }

  @Test
  void otherNameIsRefused() throws Exception {
    ServerTls server = server(authority.issue(Subject.of("mx.theirs.test", Kind.EC)));
    assertThat(connect(server, believing(authority).engine("mx.ours.test", 25)))
        .contains("mx.ours.test");
    assertThat(connect(server, believing(authority).engine("127.0.0.1", 25))).contains("127.0.0.1");
  }

  @Test
  void expiredIsRefused() throws Exception {
    ServerTls server = server(authority.issue(Subject.expired("mx.ours.test")));
    assertThat(connect(server, believing(authority).engine("mx.ours.test", 25)))
        .contains("validity check failed");
  }

  @Test
  void otherAuthorityIsRefused() throws Exception {
    ServerTls server = server(authority.issue(Subject.of("mx.ours.test", Kind.EC)));
    ClientTls stranger = believing(TestCertificate.authority("Another root"));
    assertThat(connect(server, stranger.engine("mx.ours.test", 25))).contains("path");
    ClientTls runtime = ClientTls.create(ClientTls.Check.NAME, Optional.empty());
    assertThat(connect(server, runtime.engine("mx.ours.test", 25))).contains("path");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anyCertificateWillDoWhereNoneIsChecked(boolean expired) throws Exception {
    ServerTls server =
        server(
            expired
                ? authority.issue(Subject.expired("mx.ours.test"))
                : TestCertificate.selfSigned("other.test"));
    ClientTls client = ClientTls.create(ClientTls.Check.NONE, Optional.empty());
    assertThat(connect(server, client.engine("mx.ours.test", 25))).isEqualTo("TLSv1.3");
  }

  @Test
  void missingOrEmptyAuthoritiesAreTold() throws IOException {
    Path missing = folder.resolve("none.pem");
    assertThatThrownBy(() -> ClientTls.create(ClientTls.Check.NAME, Optional.of(missing)))
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContaining("there is no file");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
    assertThatThrownBy(() -> ClientTls.create(ClientTls.Check.NAME, Optional.of(empty)))
        .isInstanceOf(UnusableCertificateException.class)
        .hasMessageContaining("no certificate");
  }

  /** Offers a certificate, with whatever key. */
  private static SSLEngine offering(X509Certificate certificate, PrivateKey key, String protocol)
      throws Exception {
    return engine(offering(certificate, key), protocol);
  }

  private static SSLContext offering(X509Certificate certificate, PrivateKey key) throws Exception {
    var manager =
        new OwnKey(new Credentials(key, List.of(certificate))) {
          @Override
          public String chooseEngineClientAlias(
              String[] kinds, Principal @Nullable [] issuers, SSLEngine engine) {
            return "own";
          }
        };
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {manager}, new TrustManager[] {new AnyCertificate()}, null);
    return context;
  }

  private static SSLEngine engine(SSLContext context, String protocol) {
    SSLEngine engine = context.createSSLEngine("mx.ours.test", 25);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {protocol});
    return engine;
  }

  /** A session that is taken up again brings no certificate of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void clientIsKnownAgainInAResumedSession(String protocol) throws Exception {
    ServerTls server = server(TestCertificate.selfSigned("mx.ours.test"));
    TestCertificate own = TestCertificate.selfSigned("client.test");
    SSLContext context = offering(own.certificate(), own.keys().getPrivate());
    long[] begun = new long[3];
    for (int i = 0; i < begun.length; i++) {
      try (Ends ends = Ends.open()) {
        SSLEngine engine = engine(context, protocol);
        var tls = Ends.shakeHands(ends.server(), server.engine(), ends.client(), engine);
        assertThat(tls.server().peerFingerprint()).contains(Fingerprint.of(own.certificate()));
        tls.server().write(ByteBuffer.wrap(new byte[] {'2'}));
        assertThat(tls.client().read(ByteBuffer.allocate(1))).isEqualTo(1); // and its tickets
        begun[i] = tls.client().session().getCreationTime();
      }
    }
    assertThat(begun).containsOnly(begun[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void clientIsKnownByTheFingerprintOfItsCertificate(String protocol) throws Exception {
    ServerTls server = server(TestCertificate.selfSigned("mx.ours.test"));
    TestCertificate own = TestCertificate.selfSigned("client.test");
    try (Ends ends = Ends.open()) {
      SSLEngine engine = offering(own.certificate(), own.keys().getPrivate(), protocol);
      var tls = Ends.shakeHands(ends.server(), server.engine(), ends.client(), engine);
      assertThat(tls.server().peerFingerprint()).contains(Fingerprint.of(own.certificate()));
      assertThat(Fingerprint.of(own.certificate())).matches("[0-9a-f]{64}");
      assertThat(tls.client().peerFingerprint()).isPresent();
    }
    try (Ends ends = Ends.open()) {
      ClientTls none = ClientTls.create(ClientTls.Check.NONE, Optional.empty());
      SSLEngine engine = none.engine("mx.ours.test", 25);
      engine.setEnabledProtocols(new String[] {protocol});
      var tls = Ends.shakeHands(ends.server(), server.engine(), ends.client(), engine);
      assertThat(tls.server().peerFingerprint()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void certificateWithoutItsKeyProvesNothing(String protocol) throws Exception {
    ServerTls server = server(TestCertificate.selfSigned("mx.ours.test"));
    X509Certificate stolen = TestCertificate.selfSigned("client.test").certificate();
    KeyPair other = TestCertificate.selfSigned("thief.test").keys();
    try (Ends ends = Ends.open()) {
      SSLEngine engine = offering(stolen, other.getPrivate(), protocol);
      FutureTask<TlsChannel> accepting =
          Ends.start(() -> TlsChannel.handshake(ends.server(), server.engine()));
      FutureTask<Integer> client =
          Ends.start(
              () -> TlsChannel.handshake(ends.client(), engine).read(ByteBuffer.allocate(1)));
      assertThatThrownBy(() -> Ends.get(accepting)).isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> Ends.get(client)).isInstanceOf(IOException.class);
    }
  }
}
