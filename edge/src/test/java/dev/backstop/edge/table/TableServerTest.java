package dev.backstop.edge.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.ListenAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers as in socketmap_table(5). */
@Timeout(60)
class TableServerTest {
  private final TableServer server = start(Duration.ofMinutes(1));

  private static TableServer start(Duration requestTime) {
    var limits = new TableServer.Limits(100, 3, Duration.ofMinutes(5), requestTime, Duration.ZERO);
    var server = new TableServer(Map.of("untag", TableServerTest::untag), limits);
    server.start(List.of(ListenAddress.parse("127.0.0.1:0")));
    return server;
  }

  private static Optional<String> untag(String key) {
    return switch (key) {
      case "prvs=1@ours.test" -> Optional.of("user@ours.test");
      case "fails@ours.test" -> throw new IllegalStateException("the store is away");
      case "lines@ours.test" -> Optional.of("two\nlines");
      default -> Optional.empty();
    };
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** A connection as Postfix holds it. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    Client(TableServer server) throws IOException {
      int port = ((ListenAddress.Tcp) server.addresses().getFirst()).port();
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    void send(String octets) throws IOException {
      out.write(octets.getBytes(StandardCharsets.UTF_8));
    }

    String ask(String request) throws IOException {
      send(request.getBytes(StandardCharsets.UTF_8).length + ":" + request + ",");
      return answer();
    }

    /** The next answer, or {@code closed}. */
    String answer() throws IOException {
      int length = 0;
      for (int octet = in.read(); octet != ':'; octet = in.read()) {
        if (octet < 0) {
          return "closed";
        }
        length = length * 10 + octet - '0';
      }
      String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      assertThat(in.read()).isEqualTo(',');
      return answer;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void answersOneAfterTheOther() throws IOException {
    try (var client = new Client(server)) {
      assertThat(client.ask("untag prvs=1@ours.test")).isEqualTo("OK user@ours.test");
      assertThat(client.ask("untag other@ours.test")).isEqualTo("NOTFOUND ");
      assertThat(client.ask("untag two words")).isEqualTo("NOTFOUND ");
      assertThat(client.ask("untag \u00fcser@ours.test")).isEqualTo("NOTFOUND ");
      assertThat(client.ask("untag fails@ours.test"))
          .isEqualTo("TEMP look-up failed, try again later");
      assertThat(client.ask("untag lines@ours.test")).startsWith("TEMP ");
      assertThat(client.ask("wrong a@b")).isEqualTo("PERM no table of that name here");
      assertThat(client.ask("untag")).isEqualTo("PERM request without a key");
      assertThat(client.ask("")).isEqualTo("PERM request without a key");
    }
    assertThat(server.counters().failures.sum()).isEqualTo(2);
  }

  @Test
  void severalRequestsInOnePieceAreAnsweredInOrder() throws IOException {
    try (var client = new Client(server)) {
      client.send("22:untag prvs=1@ours.test,7:untag x,5:untag,");
      assertThat(client.answer()).isEqualTo("OK user@ours.test");
      assertThat(client.answer()).isEqualTo("NOTFOUND ");
      assertThat(client.answer()).startsWith("PERM");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "101:",
        "99999999999999999999:",
        "-1:",
        ":,",
        "a:",
        "5:untag;",
        "05:untag,",
        "\r\n",
        "GET / HTTP/1.1\r\n\r\n"
      })
  void whatIsNoNetstringEndsTheConnection(String octets) throws IOException {
    try (var client = new Client(server)) {
      client.send(octets);
      assertThat(client.answer()).isEqualTo("closed");
    }
    assertThat(server.counters().badPackets.sum()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "12:", "22:untag p"})
  void halfRequestIsNotWaitedForLong(String octets) throws IOException {
    try (TableServer impatient = start(Duration.ofMillis(50));
        var client = new Client(impatient)) {
      client.send(octets);
      assertThat(client.answer()).isEqualTo("closed");
    }
  }

  @Test
  void tooManyConnectionsAreClosedAtOnce() throws IOException {
    try (var first = new Client(server);
        var second = new Client(server);
        var third = new Client(server)) {
      for (Client client : List.of(first, second, third)) {
        assertThat(client.ask("untag x")).isEqualTo("NOTFOUND ");
      }
      try (var fourth = new Client(server)) {
        assertThat(fourth.answer()).isEqualTo("closed");
      }
      assertThat(first.ask("untag x")).isEqualTo("NOTFOUND ");
    }
  }
}
