package dev.backstop.edge.smtp.nexthop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.edge.smtp.nexthop.ScriptedHop.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hops that cannot be had, and what is done instead. */
@Timeout(60)
class FailoverTest {
  private static final Script GOOD =
      peer -> {
        peer.greet("DSN");
        peer.awaitEnd();
      };
  private static final Script BUSY = peer -> peer.say("421 busy");
  private final Fixture fixture = new Fixture();

  /** Where nobody listens. */
  private static NextHop nobody() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return NextHop.parse("127.0.0.1:" + socket.getLocalPort(), TlsPolicy.NONE, Identify.NONE);
    }
  }

  private static NextHop opened(NextHops hops) throws Exception {
    try (NextHopConnection connection = hops.open(Fixture.CLIENT)) {
      return connection.hop();
    }
  }

  private static String failure(NextHops hops) {
    return String.valueOf(OpeningTest.failure(hops).getMessage());
  }

  @Test
  void firstThatCanBeHadIsUsedAndTheOtherLeftAlone() throws Exception {
    try (var first = new ScriptedHop(BUSY, GOOD);
        var second = new ScriptedHop(GOOD);
        NextHops hops = fixture.hops(first.hop(), second.hop())) {
      assertThat(opened(hops)).isEqualTo(second.hop());
      assertThat(hops.health())
          .extracting(HopHealth::up, HopHealth::reason)
          .containsExactly(tuple(false, "greeted with 421 busy"), tuple(true, ""));
      fixture.step(Duration.ofMillis(9_999));
      assertThat(opened(hops)).isEqualTo(second.hop());
      assertThat(first.connections).hasValue(1);
      fixture.step(Duration.ofMillis(1));
      assertThat(opened(hops)).isEqualTo(first.hop());
      assertThat(opened(hops)).isEqualTo(first.hop());
      assertThat(hops.health().getFirst().up()).isTrue();
    }
  }

  @Test
  void pauseDoublesToAMinute() throws Exception {
    try (var second = new ScriptedHop(GOOD);
        var first = new ScriptedHop(BUSY);
        NextHops hops = fixture.hops(first.hop(), second.hop())) {
      int tries = 0;
      for (int seconds : new int[] {0, 10, 20, 40, 60, 60}) {
        if (seconds > 0) {
          fixture.step(Duration.ofSeconds(seconds).minusNanos(1));
          opened(hops);
          assertThat(first.connections).hasValue(tries);
          fixture.step(Duration.ofNanos(1));
        }
        assertThat(opened(hops)).isEqualTo(second.hop());
        assertThat(first.connections).hasValue(++tries);
      }
    }
  }

  @Test
  void oneConnectionFindsOutWhetherAHopIsBack() throws Exception {
    var probed = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    Script slow =
        peer -> {
          probed.countDown();
          Fixture.await(() -> answer.getCount() == 0);
          GOOD.run(peer);
        };
    try (var first = new ScriptedHop(BUSY, slow, GOOD);
        var second = new ScriptedHop(GOOD);
        NextHops hops = fixture.hops(first.hop(), second.hop())) {
      opened(hops);
      fixture.step(Duration.ofSeconds(10));
      var used = new AtomicReference<NextHop>();
      Thread probe =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  used.set(opened(hops));
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      probed.await();
      assertThat(opened(hops)).isEqualTo(second.hop());
      answer.countDown();
      probe.join();
      assertThat(used.get()).isEqualTo(first.hop());
      assertThat(opened(hops)).isEqualTo(first.hop());
    }
  }

  @Test
  void whereAllAreDownTheFirstIsTriedOnceASecond() throws Exception {
    NextHop nobody = nobody();
    try (var first = new ScriptedHop(BUSY, BUSY, GOOD);
        NextHops hops = fixture.hops(first.hop(), nobody)) {
      assertThat(failure(hops))
          .isEqualTo(
              "next hop "
                  + first.hop()
                  + " greeted with 421 busy; next hop "
                  + nobody
                  + " cannot be connected: Connection refused");
      String paused =
          "next hop "
              + first.hop()
              + " is left alone for a while: it greeted with 421 busy; next hop "
              + nobody
              + " is left alone for a while: it cannot be connected: Connection refused";
      assertThat(failure(hops)).isEqualTo(paused);
      fixture.step(Duration.ofMillis(999));
      assertThat(failure(hops)).isEqualTo(paused);
      assertThat(first.connections).hasValue(1);
      fixture.step(Duration.ofMillis(1));
      assertThat(failure(hops)).startsWith("next hop " + first.hop() + " greeted with 421 busy; ");
      assertThat(first.connections).hasValue(2);
      assertThat(failure(hops)).isEqualTo(paused);
      fixture.step(Duration.ofSeconds(1));
      assertThat(opened(hops)).isEqualTo(first.hop());
    }
  }

  @Test
  void allAddressesOfANameAreTried() throws Exception {
    try (var hop = new ScriptedHop(GOOD);
        NextHops hops =
            fixture.hops(
                NextHop.parse("several.test:" + hop.port(), TlsPolicy.NONE, Identify.NONE))) {
      opened(hops);
      assertThat(hops.counters().failed.sum()).isZero();
      assertThat(hop.connections).hasValue(1);
    }
  }

  @Test
  void nameThatCannotBeFoundIsSaid() {
    try (NextHops hops =
        fixture.hops(
            NextHop.parse("unknown.test", TlsPolicy.NONE, Identify.NONE),
            NextHop.parse("fails.test", TlsPolicy.NONE, Identify.NONE))) {
      assertThat(failure(hops))
          .isEqualTo(
              "next hop unknown.test:25 has a name without an address; "
                  + "next hop fails.test:25 has a name that fails");
    }
  }

  @Test
  void clientThatOneHopRefusesIsNotOfferedToTheNext() throws Exception {
    Script refusing = peer -> peer.say("554 listed");
    try (var first = new ScriptedHop(refusing);
        var second = new ScriptedHop(GOOD);
        NextHops hops = fixture.hops(first.hop(TlsPolicy.NONE, Identify.PROXY_V1), second.hop())) {
      assertThat(OpeningTest.failure(hops).refusal()).isPresent();
      assertThat(second.connections).hasValue(0);
    }
  }

  @Test
  void socketsOfUnixAreConnected(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("hop");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread peer = Thread.ofVirtual().start(() -> serveOne(server));
    NextHop hop = NextHop.parse("lmtp:unix:" + path, TlsPolicy.MAY, Identify.AUTO);
    try (NextHops hops = fixture.hops(hop)) {
      assertThat(opened(hops)).isEqualTo(hop);
      peer.join();
      assertThat(failure(hops)).startsWith("next hop " + hop + " cannot be connected: ");
    }
  }

  private static void serveOne(ServerSocketChannel server) {
    try (server;
        SocketChannel channel = server.accept()) {
      channel.write(ascii("220 hi\r\n"));
      channel.read(ByteBuffer.allocate(100));
      channel.write(ascii("250 hop.test\r\n"));
      channel.read(ByteBuffer.allocate(100));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void closingEndsAllConnections() throws Exception {
    try (var hop = new ScriptedHop(GOOD)) {
      NextHops hops = fixture.hops(hop.hop());
      NextHopConnection connection = hops.open(Fixture.CLIENT);
      assertThat(hops.counters().open.sum()).isEqualTo(1);
      hops.close();
      assertThat(connection.isOpen()).isFalse();
      assertThat(hops.counters().open.sum()).isZero();
      assertThatThrownBy(() -> hops.open(Fixture.CLIENT))
          .isInstanceOf(NextHopUnavailableException.class);
      connection.close();
      assertThat(hops.counters().open.sum()).isZero();
    }
  }

  @Test
  void withoutHopsThereIsNothing() {
    assertThatThrownBy(() -> new NextHops(List.of(), fixture.settings(Fixture.TIMES)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
