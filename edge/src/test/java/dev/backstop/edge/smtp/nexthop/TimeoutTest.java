package dev.backstop.edge.smtp.nexthop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.edge.smtp.nexthop.ScriptedHop.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hop that makes us wait is given up, whatever it makes us wait for. */
@Timeout(60)
class TimeoutTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(400);
  private final Fixture fixture = new Fixture();

  /** All long but the one at that place. */
  private static Settings.Times shortAt(String which) {
    List<Duration> times = new ArrayList<>();
    for (String name :
        List.of("connect", "greeting", "command", "data", "block", "dot", "idle", "open")) {
      times.add(name.equals(which) ? SHORT : LONG);
    }
    return new Settings.Times(
        times.get(0),
        times.get(1),
        times.get(2),
        times.get(3),
        times.get(4),
        times.get(5),
        times.get(6),
        times.get(7),
        LONG);
  }

  private interface Talk {
    void with(NextHopConnection connection) throws Exception;
  }

  private void late(String which, String problem, Script script, Talk talk) throws Exception {
    try (var hop = new ScriptedHop(script);
        NextHops hops = fixture.hops(shortAt(which), hop.hop())) {
      try (NextHopConnection connection = hops.open(Fixture.CLIENT)) {
        assertThatThrownBy(() -> talk.with(connection))
            .isInstanceOf(BrokenHopException.class)
            .hasMessageEndingWith(problem);
        assertThat(connection.isOpen()).isFalse();
      }
      assertThat(hops.counters().timeouts.sum()).isEqualTo(1);
      assertThat(hops.counters().broken.sum()).isEqualTo(1);
      assertThat(hops.counters().open.sum()).isZero();
      assertThat(fixture.buffers.used()).isZero();
    }
  }

  private void unavailable(String which, TlsPolicy tls, String problem, Script script)
      throws Exception {
    try (var hop = new ScriptedHop(script);
        NextHops hops = fixture.hops(shortAt(which), hop.hop(tls, Identify.NONE))) {
      assertThat(OpeningTest.failure(hops)).hasMessageEndingWith(problem);
      assertThat(hops.health().getFirst().up()).isFalse();
      assertThat(hops.counters().timeouts.sum()).isEqualTo(1);
      assertThat(hops.counters().open.sum()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting", "open"})
  void greetingIsNotWaitedForLong(String which) throws Exception {
    unavailable(which, TlsPolicy.NONE, "did not answer for too long", ScriptedHop.Peer::awaitEnd);
  }

  @Test
  void greetingThatDripsGetsNoMoreTimeForEachDrop() throws Exception {
    Script dripping =
        peer -> {
          peer.raw("220 ");
          try {
            for (int i = 0; i < 100_000; i++) {
              peer.raw("x");
              Fixture.pause();
            }
          } catch (IOException e) {
            // it has been given up
          }
        };
    unavailable("greeting", TlsPolicy.NONE, "did not answer for too long", dripping);
  }

  @Test
  void answerToEhloIsNotWaitedForLong() throws Exception {
    Script silent =
        peer -> {
          peer.say("220 hi");
          peer.awaitEnd();
        };
    unavailable("command", TlsPolicy.NONE, "did not answer for too long", silent);
  }

  @Test
  void handshakeIsNotWaitedForLong() throws Exception {
    Script silent =
        peer -> {
          peer.greet("STARTTLS");
          peer.answer("STARTTLS", "220 go on");
          peer.awaitEnd();
        };
    unavailable("greeting", TlsPolicy.REQUIRE, "with TLS: it took too long", silent);
  }

  /** Its queue of connections is full: nothing answers, as behind a firewall. */
  @Test
  void connectionIsNotWaitedForLong() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var address = new InetSocketAddress(full.getInetAddress(), full.getLocalPort());
      List<SocketChannel> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address);
        waiting.add(channel);
      }
      NextHop hop =
          NextHop.parse("127.0.0.1:" + full.getLocalPort(), TlsPolicy.NONE, Identify.NONE);
      try (NextHops hops = fixture.hops(shortAt("connect"), hop)) {
        assertThat(OpeningTest.failure(hops))
            .hasMessage("next hop " + hop + " did not take the connection for too long");
      }
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void nameIsNotLookedUpForLong() throws Exception {
    var never = new CountDownLatch(1);
    Settings settings = fixture.settings(shortAt("connect"));
    var slow =
        new Settings(
            settings.helo(),
            settings.times(),
            settings.pauses(),
            settings.anyCertificate(),
            settings.checkedCertificate(),
            settings.proxy(),
            _ -> {
              Fixture.await(() -> never.getCount() == 0);
              return new InetAddress[0];
            },
            settings.buffers());
    NextHop hop = NextHop.parse("hop.test", TlsPolicy.NONE, Identify.NONE);
    try (NextHops hops = new NextHops(List.of(hop), slow)) {
      assertThat(OpeningTest.failure(hops))
          .hasMessage("next hop hop.test:25 has a name whose look-up took too long");
    }
    never.countDown();
  }

  private static Script silentAfter(String... lines) {
    return peer -> {
      peer.greet();
      for (String line : lines) {
        peer.answer(line, line.equals("DATA") ? "354 go on" : "250 ok");
      }
      peer.awaitEnd();
    };
  }

  @Test
  void replyToACommandIsNotWaitedForLong() throws Exception {
    late(
        "command",
        " did not answer for too long",
        silentAfter(),
        connection -> connection.command("MAIL FROM:<>"));
  }

  @Test
  void replyToDataIsNotWaitedForLong() throws Exception {
    late("data", " did not answer for too long", silentAfter(), NextHopConnection::data);
  }

  @Test
  void replyToTheMessageIsNotWaitedForLong() throws Exception {
    late(
        "dot",
        " did not answer for too long",
        silentAfter("DATA"),
        connection -> {
          connection.data();
          connection.end();
        });
  }

  @Test
  void hopThatTakesNoMoreOfAMessageIsGivenUp() throws Exception {
    var end = new CountDownLatch(1);
    Script reading =
        peer -> {
          peer.greet();
          peer.answer("DATA", "354 go on");
          Fixture.await(() -> end.getCount() == 0); // and reads no more
        };
    late(
        "block",
        " took nothing for too long",
        reading,
        connection -> {
          connection.data();
          byte[] octets = "0123456789\r\n".repeat(10_000).getBytes(US_ASCII);
          try {
            for (int i = 0; i < 10_000; i++) {
              connection.write(octets, 0, octets.length);
            }
          } finally {
            end.countDown();
          }
        });
  }

  @Test
  void connectionThatIsNotUsedIsClosedInTheEnd() throws Exception {
    late(
        "idle",
        " was not used for too long",
        silentAfter(),
        connection -> {
          Fixture.await(() -> {
            connection.tick(System.nanoTime()); // as a session's door does
            return !connection.isOpen();
          });
          connection.command("NOOP");
        });
  }

  @Test
  void defaultsAreThoseOfTheStandardOrShorterWhereTheClientWaits() {
    assertThat(Settings.Times.DEFAULT)
        .isEqualTo(
            new Settings.Times(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(2),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofMinutes(2),
                Duration.ofSeconds(3)));
    assertThat(Settings.Pauses.DEFAULT)
        .isEqualTo(
            new Settings.Pauses(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5)));
    assertThatThrownBy(() -> new Settings.Pauses(LONG, LONG, Duration.ZERO, LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
