package dev.backstop.edge.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.testkit.tls.TestCertificate;
import dev.backstop.testkit.tls.TestCertificate.Kind;
import dev.backstop.testkit.tls.TestCertificate.Subject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsChannelTest {
  @TempDir private static Path folder;
  private static ServerTls server;
  private static ClientTls client;

  @BeforeAll
  static void certificate() throws UnusableCertificateException {
    TestCertificate own = TestCertificate.selfSigned(Subject.of("mx.ours.test", Kind.RSA));
    server = ServerTls.load(own.writeChain(folder, "own"), own.writeKey(folder, "own"));
    client = ClientTls.create(ClientTls.Check.NONE, Optional.empty());
  }

  private static SSLEngine clientEngine(String protocol) {
    SSLEngine engine = client.engine("mx.ours.test", 25);
    engine.setEnabledProtocols(new String[] {protocol});
    return engine;
  }

  private static Ends.Tls shakeHands(ByteChannel atServer, ByteChannel atClient, String protocol)
      throws Exception {
    return Ends.shakeHands(atServer, server.engine(), atClient, clientEngine(protocol));
  }

  private static byte[] random(int length, long seed) {
    byte[] octets = new byte[length];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  private static String readText(ByteChannel channel) throws IOException {
    ByteBuffer room = ByteBuffer.allocate(100);
    int count = channel.read(room);
    return count < 0 ? "end" : new String(room.array(), 0, count, UTF_8);
  }

  /** Writes in pieces of any size. */
  private static boolean send(ByteChannel channel, byte[] octets, long seed) throws IOException {
    var random = new Random(seed);
    for (int at = 0; at < octets.length; ) {
      int length = Math.min(octets.length - at, 1 + random.nextInt(1 << random.nextInt(18)));
      assertThat(channel.write(ByteBuffer.wrap(octets, at, length))).isEqualTo(length);
      at += length;
    }
    return true;
  }

  /** Reads into room of any size. */
  private static byte[] receive(ByteChannel channel, int length, long seed) throws IOException {
    var random = new Random(seed);
    byte[] octets = new byte[length];
    for (int at = 0; at < length; ) {
      int most = Math.min(length - at, 1 + random.nextInt(1 << random.nextInt(17)));
      int count = channel.read(ByteBuffer.wrap(octets, at, most));
      assertThat(count).isBetween(1, most);
      at += count;
    }
    return octets;
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, 100000, 3000000",
    "TLSv1.3, 100000, 3000000",
    "TLSv1.2, 700, 300000",
    "TLSv1.3, 700, 300000",
    "TLSv1.2, 7, 20000",
    "TLSv1.3, 7, 20000",
    "TLSv1.3, 1, 20000"
  })
  void bothSidesSendAtOnceInAnySplit(String protocol, int piece, int length) throws Exception {
    byte[] up = random(length, 1);
    byte[] down = random(length, 2);
    try (Ends ends = Ends.open()) {
      var tls =
          shakeHands(new Tap(ends.server(), piece, 3), new Tap(ends.client(), piece, 4), protocol);
      assertThat(tls.server().session().getProtocol()).isEqualTo(protocol);
      assertThat(tls.server().session().getCipherSuite()).contains("AES_128_GCM");
      FutureTask<Boolean> sendingUp = Ends.start(() -> send(tls.client(), up, 5));
      FutureTask<Boolean> sendingDown = Ends.start(() -> send(tls.server(), down, 6));
      FutureTask<byte[]> arrivingUp = Ends.start(() -> receive(tls.server(), length, 7));
      assertThat(receive(tls.client(), length, 8)).isEqualTo(down);
      assertThat(Ends.get(arrivingUp)).isEqualTo(up);
      assertThat(Ends.get(sendingUp) && Ends.get(sendingDown)).isTrue();
    }
  }

  @Test
  void dataSentTogetherWithTheEndOfTheHandshakeIsNotLost() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Ends ends = Ends.open()) {
        FutureTask<TlsChannel> other =
            Ends.start(() -> {
              TlsChannel channel = TlsChannel.handshake(ends.client(), clientEngine("TLSv1.3"));
              channel.write(ByteBuffer.wrap("EHLO client.test\r\n".getBytes(UTF_8)));
              return channel;
            });
        TlsChannel mine = TlsChannel.handshake(ends.server(), server.engine());
        assertThat(readText(mine)).isEqualTo("EHLO client.test\r\n");
        assertThat(Ends.get(other).isOpen()).isTrue();
      }
    }
  }

  @Test
  void halfClosedStillCarriesTheOtherDirection() throws Exception {
    try (Ends ends = Ends.open()) {
      FutureTask<TlsChannel> accepting =
          Ends.start(() -> TlsChannel.handshake(ends.server(), server.engine()));
      SSLSocket socket = socket(ends, "TLSv1.3");
      socket.getOutputStream().write("last".getBytes(UTF_8));
      socket.shutdownOutput();
      TlsChannel mine = Ends.get(accepting);
      assertThat(readText(mine)).isEqualTo("last");
      assertThat(readText(mine)).isEqualTo("end");
      assertThat(readText(mine)).isEqualTo("end");
      mine.write(ByteBuffer.wrap("answer".getBytes(UTF_8)));
      mine.close();
      assertThat(socket.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("answer");
    }
  }

  /** The JDK's own client over the same socket. */
  private static SSLSocket socket(Ends ends, String protocol) throws Exception {
    var context = javax.net.ssl.SSLContext.getInstance("TLS");
    context.init(null, new javax.net.ssl.TrustManager[] {new AnyCertificate()}, null);
    SSLSocketFactory factory = context.getSocketFactory();
    var socket =
        (SSLSocket) factory.createSocket(ends.client().socket(), "mx.ours.test", 25, false);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.startHandshake();
    return socket;
  }

  /** Data that nobody has read, session tickets too, makes TCP reset what is closed. */
  private static void greet(Ends.Tls tls) throws IOException {
    tls.server().write(ByteBuffer.wrap("220 mx\r\n".getBytes(UTF_8)));
    assertThat(readText(tls.client())).isEqualTo("220 mx\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void closeSaysSo(String protocol) throws Exception {
    try (Ends ends = Ends.open()) {
      var tap = new Tap(ends.client());
      var tls = shakeHands(ends.server(), tap, protocol);
      tls.server().close();
      assertThat(readText(tls.client())).isEqualTo("end");
      assertThat(tap.sawEnd).isFalse();
      assertThat(tls.server().isOpen()).isFalse();
      assertThatThrownBy(() -> tls.server().write(ByteBuffer.allocate(1)))
          .isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> tls.server().read(ByteBuffer.allocate(1)))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void endWithoutCloseNotifyIsAnEnd(String protocol) throws Exception {
    try (Ends ends = Ends.open()) {
      var tls = shakeHands(ends.server(), ends.client(), protocol);
      greet(tls);
      tls.client().write(ByteBuffer.wrap("QUIT\r\n".getBytes(UTF_8)));
      ends.client().close();
      assertThat(readText(tls.server())).isEqualTo("QUIT\r\n");
      assertThat(readText(tls.server())).isEqualTo("end");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 20})
  void endInTheMiddleOfARecordIsAnError(int octets) throws Exception {
    try (Ends ends = Ends.open()) {
      var tap = new Tap(ends.client());
      var tls = shakeHands(ends.server(), tap, "TLSv1.3");
      greet(tls);
      tap.breakAfter = octets;
      assertThatThrownBy(() -> tls.client().write(ByteBuffer.allocate(100)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> readText(tls.server())).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void changedOctetIsAnErrorAndThePeerIsTold() throws Exception {
    try (Ends ends = Ends.open()) {
      var tls = shakeHands(ends.server(), ends.client(), "TLSv1.3");
      ends.client().write(ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8}));
      ends.client().write(ByteBuffer.allocate(12));
      assertThatThrownBy(() -> readText(tls.server())).isInstanceOf(SSLException.class);
      assertThat(readText(tls.server())).isEqualTo("end");
      tls.server().close();
      assertThatThrownBy(() -> readText(tls.client()))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("bad_record_mac");
    }
  }

  @Test
  void closeEndsAReaderAndSomebodyWhoCannotWrite() throws Exception {
    try (Ends ends = Ends.open()) {
      var tls = shakeHands(ends.server(), ends.client(), "TLSv1.3");
      FutureTask<String> reading = Ends.start(() -> readText(tls.server()));
      FutureTask<Boolean> writing =
          Ends.start(() -> {
            while (tls.server().write(ByteBuffer.allocate(100_000)) > 0) {}
            return true;
          });
      assertThat(tls.client().read(ByteBuffer.allocate(10))).isPositive();
      tls.server().close();
      assertThatThrownBy(() -> Ends.get(writing)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Ends.get(reading)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closeDoesNotWaitForAPeerThatTakesNothing() throws Exception {
    try (Ends ends = Ends.open()) {
      var tap = new Tap(ends.server());
      var tls = shakeHands(tap, ends.client(), "TLSv1.3");
      FutureTask<String> reading = Ends.start(() -> readText(tls.server()));
      tap.stuck = true;
      tls.server().close();
      assertThat(tls.server().isOpen()).isFalse();
      assertThatThrownBy(() -> Ends.get(reading)).isInstanceOf(IOException.class);
      assertThat(tap.awaitClose()).isTrue();
    }
  }

  @Test
  void renegotiationIsRefused() throws Exception {
    try (Ends ends = Ends.open()) {
      FutureTask<String> accepting =
          Ends.start(() -> {
            TlsChannel mine = TlsChannel.handshake(ends.server(), server.engine());
            try (mine) {
              assertThat(readText(mine)).isEqualTo("NOOP\r\n");
              return readText(mine);
            }
          });
      SSLSocket socket = socket(ends, "TLSv1.2");
      socket.getOutputStream().write("NOOP\r\n".getBytes(UTF_8));
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getInputStream().read();
              })
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Ends.get(accepting))
          .isInstanceOf(SSLException.class)
          .hasMessageContaining("renegotiate");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.test\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "\u0016\u0003\u0001\u007f\u007f",
        "\u0016\u0003\u0001\u0000\u0005abcde",
        "\u0017\u0003\u0003\u0000\u0005abcde",
        "\u0014\u0003\u0003\u0000\u0001\u0001\u0014\u0003\u0003\u0000\u0001\u0001",
        "\u0015\u0003\u0003\u0000\u0002\u0002("
      })
  void whatIsNoHandshakeIsRefused(String octets) throws Exception {
    try (Ends ends = Ends.open()) {
      ends.client().write(ByteBuffer.wrap(octets.getBytes(UTF_8)));
      assertThatThrownBy(() -> TlsChannel.handshake(ends.server(), server.engine()))
          .isInstanceOf(SSLException.class);
      assertThat(ends.server().isOpen()).isTrue();
    }
  }

  @Test
  void closingTheChannelBelowEndsAHandshake() throws Exception {
    try (Ends ends = Ends.open()) {
      FutureTask<TlsChannel> accepting =
          Ends.start(() -> TlsChannel.handshake(ends.server(), server.engine()));
      ends.client().write(ByteBuffer.wrap(new byte[] {22, 3, 1}));
      ends.server().close();
      assertThatThrownBy(() -> Ends.get(accepting)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void peerThatLeavesDuringTheHandshakeIsAnError() throws Exception {
    try (Ends ends = Ends.open()) {
      ends.client().close();
      assertThatThrownBy(() -> TlsChannel.handshake(ends.server(), server.engine()))
          .isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void oldVersionsAreNotSpoken(String protocol) throws Exception {
    assertThat(server.engine().getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(server.engine().getEnabledProtocols()).doesNotContain(protocol);
    assertThat(server.engine().getEnabledCipherSuites())
        .isNotEmpty()
        .allMatch(suite -> suite.matches("TLS_(ECDHE|AES|CHACHA20)_.*(GCM|POLY1305).*"));
  }
}
