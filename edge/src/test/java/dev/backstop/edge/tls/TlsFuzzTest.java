package dev.backstop.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.edge.MemoryChannel;
import dev.backstop.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever octets come instead of a handshake: nothing but an IOException. */
class TlsFuzzTest {
  @TempDir private static Path folder;
  private static ServerTls server;
  private static ClientTls client;

  @BeforeAll
  static void certificate() throws UnusableCertificateException {
    TestCertificate own = TestCertificate.selfSigned("mx.ours.test");
    server = ServerTls.load(own.writeChain(folder, "own"), own.writeKey(folder, "own"));
    client = ClientTls.create(ClientTls.Check.NONE, Optional.empty());
  }

  @FuzzTest
  void handshakes(byte[] input) {
    int piece = 1 + input.length / 3;
    failsDecently(input, piece, server.engine());
    failsDecently(input, piece, client.engine("mx.ours.test", 25));
  }

  private static void failsDecently(byte[] input, int piece, SSLEngine engine) {
    try {
      TlsChannel.handshake(new MemoryChannel(input, piece), engine);
      throw new AssertionError("nobody can know the keys in advance");
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  /** A real hello with one octet changed, or cut off. */
  @Test
  void damagedHellos() {
    var recorded = new MemoryChannel(new byte[0], 1);
    failsDecently(recorded, client.engine("mx.ours.test", 25));
    byte[] hello = recorded.written();
    assertThat(hello).hasSizeGreaterThan(100);
    for (int i = 0; i < hello.length; i += 5) {
      byte[] changed = hello.clone();
      changed[i] ^= (byte) 0x81;
      failsDecently(changed, 50, server.engine());
      failsDecently(Arrays.copyOf(hello, i), 50, server.engine());
    }
  }

  private static void failsDecently(MemoryChannel channel, SSLEngine engine) {
    try {
      TlsChannel.handshake(channel, engine);
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  @FuzzTest
  void files(byte[] input) throws IOException {
    Path file = Files.write(folder.resolve("input"), input);
    Path key = folder.resolve("own.key");
    try {
      assertThat(Objects.requireNonNull(Credentials.read(file, key)).chain()).isNotEmpty();
    } catch (UnusableCertificateException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    try {
      var own = server.own().getPublicKey();
      assertThat(KeyText.read(file, own).getAlgorithm()).isEqualTo("EC");
    } catch (UnusableCertificateException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
