package dev.backstop.edge.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstop.testkit.tls.TestCertificate;
import dev.backstop.testkit.tls.TestCertificate.Kind;
import dev.backstop.testkit.tls.TestCertificate.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second opinion: OpenSSL on the other side, where it is installed. */
@Timeout(60)
class OpenSslTest {
  @TempDir private Path folder;
  private final TestCertificate authority = TestCertificate.authority("Root of the test");
  private final TestCertificate own = authority.issue(Subject.of("mx.ours.test", Kind.RSA));

  @BeforeAll
  static void installed() {
    assumeTrue(
        List.of("/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl").stream()
            .anyMatch(path -> Files.isExecutable(Path.of(path))));
  }

  @BeforeEach
  void roots() throws IOException {
    Files.writeString(folder.resolve("roots.pem"), authority.pem());
  }

  /** OpenSSL as a program that is talked to; it takes a command only alone in a line of its own. */
  private static final class Program implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    final StringBuilder said = new StringBuilder();

    Program(Path folder, String... arguments) throws IOException {
      var command = new ArrayList<>(List.of("openssl"));
      command.addAll(List.of(arguments));
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    void type(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    /** Reads until there is such a line; all that was said if there is none. */
    String awaitLine(String part) throws IOException {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
        if (line.contains(part)) {
          return line;
        }
      }
      return said.toString();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private Program client(ServerSocketChannel listening, String... more) throws IOException {
    int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
    var arguments =
        new ArrayList<>(
            List.of("s_client", "-connect", "127.0.0.1:" + port, "-CAfile", "roots.pem"));
    arguments.addAll(List.of("-verify_return_error", "-verify_hostname", "mx.ours.test"));
    arguments.addAll(List.of(more));
    return new Program(folder, arguments.toArray(String[]::new));
  }

  private static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Sends back what it reads until the end; gives the fingerprint of the client. */
  private FutureTask<Optional<String>> echo(ServerSocketChannel listening) throws Exception {
    ServerTls tls = ServerTls.load(own.writeChain(folder, "own"), own.writeKey(folder, "own"));
    return Ends.start(() -> {
      try (SocketChannel accepted = listening.accept();
          TlsChannel channel = TlsChannel.handshake(accepted, tls.engine())) {
        ByteBuffer room = ByteBuffer.allocate(1000);
        while (channel.read(room.clear()) >= 0) {
          channel.write(room.flip());
        }
        return channel.peerFingerprint();
      }
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void itsClientAgrees(String version) throws Exception {
    TestCertificate other = TestCertificate.selfSigned("client.test");
    other.writeChain(folder, "client");
    other.writeKey(folder, "client");
    try (ServerSocketChannel listening = listen()) {
      FutureTask<Optional<String>> serving = echo(listening);
      try (Program client =
          client(listening, version, "-cert", "client.pem", "-key", "client.key")) {
        client.type("hello");
        assertThat(client.awaitLine("hello")).isEqualTo("hello");
        assertThat(client.said).contains("Verification: OK");
        client.type("Q");
        assertThat(Ends.get(serving)).contains(Fingerprint.of(other.certificate()));
      }
    }
  }

  @Test
  void keysCanBeUpdated() throws Exception {
    try (ServerSocketChannel listening = listen()) {
      FutureTask<Optional<String>> serving = echo(listening);
      try (Program client = client(listening, "-tls1_3")) {
        client.type("hello");
        assertThat(client.awaitLine("hello")).isEqualTo("hello");
        for (String command : List.of("K", "k", "K", "K", "k")) {
          client.type(command);
          assertThat(client.awaitLine("KEYUPDATE")).isEqualTo("KEYUPDATE");
          client.type("after " + command);
          assertThat(client.awaitLine("after")).isEqualTo("after " + command);
        }
        client.type("Q");
        assertThat(Ends.get(serving)).isEmpty();
      }
    }
  }

  @Test
  void keysAreNotUpdatedForEver() throws Exception {
    try (ServerSocketChannel listening = listen()) {
      FutureTask<Optional<String>> serving = echo(listening);
      try (Program client = client(listening, "-tls1_3")) {
        client.type("hello");
        assertThat(client.awaitLine("hello")).isEqualTo("hello");
        for (int i = 0; i < 33; i++) {
          client.type("K");
          assertThat(client.awaitLine("KEYUPDATE")).isEqualTo("KEYUPDATE");
        }
        assertThatThrownBy(() -> Ends.get(serving))
            .isInstanceOf(SSLException.class)
            .hasMessageContaining("without data");
      }
    }
  }

  @Test
  void renegotiationIsRefused() throws Exception {
    try (ServerSocketChannel listening = listen()) {
      FutureTask<Optional<String>> serving = echo(listening);
      try (Program client = client(listening, "-tls1_2")) {
        client.type("hello");
        assertThat(client.awaitLine("hello")).isEqualTo("hello");
        client.type("R");
        assertThatThrownBy(() -> Ends.get(serving))
            .isInstanceOf(SSLException.class)
            .hasMessageContaining("renegotiate");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_1", "-tls1"})
  void oldVersionsAreRefusedWithAnAlert(String version) throws Exception {
    try (ServerSocketChannel listening = listen()) {
      FutureTask<Optional<String>> serving = echo(listening);
      try (Program client = client(listening, version, "-cipher", "ALL:@SECLEVEL=0")) {
        assertThat(client.awaitLine("alert protocol version")).contains("alert protocol version");
        assertThatThrownBy(() -> Ends.get(serving)).isInstanceOf(SSLException.class);
      }
    }
  }

  @Test
  void suitesWithoutForwardSecrecyAreRefused() throws Exception {
    try (ServerSocketChannel listening = listen()) {
      FutureTask<Optional<String>> serving = echo(listening);
      try (Program client = client(listening, "-tls1_2", "-cipher", "AES128-GCM-SHA256")) {
        assertThat(client.awaitLine("alert handshake failure")).contains("handshake failure");
        assertThatThrownBy(() -> Ends.get(serving)).isInstanceOf(SSLException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void itsServerAgrees(String version) throws Exception {
    own.writeChain(folder, "own");
    own.writeKey(folder, "own");
    try (Program server =
        new Program(
            folder,
            "s_server",
            "-accept",
            "127.0.0.1:0",
            "-cert",
            "own.pem",
            "-key",
            "own.key",
            "-rev",
            version)) {
      String accepting = server.awaitLine("ACCEPT 127");
      int port = Integer.parseInt(accepting.substring(accepting.lastIndexOf(':') + 1));
      ClientTls tls =
          ClientTls.create(ClientTls.Check.NAME, Optional.of(folder.resolve("roots.pem")));
      try (SocketChannel socket =
              SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          TlsChannel channel = TlsChannel.handshake(socket, tls.engine("mx.ours.test", port))) {
        channel.write(ByteBuffer.wrap("abc\n".getBytes(UTF_8)));
        ByteBuffer room = ByteBuffer.allocate(4);
        while (room.hasRemaining() && channel.read(room) >= 0) {}
        assertThat(new String(room.array(), UTF_8)).isEqualTo("cba\n");
      }
    }
  }
}
