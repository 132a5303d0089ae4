package dev.backstop.edge.smtp.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import dev.backstop.edge.smtp.nexthop.ScriptedHop.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered to EHLO before a hop is connected. */
@Timeout(60)
class RememberedCapabilitiesTest {
  private static final Script BUSY = peer -> peer.say("421 busy");
  private final Fixture fixture = new Fixture();

  private static Script offering(String... keywords) {
    return peer -> {
      peer.greet(keywords);
      peer.awaitEnd();
    };
  }

  @Test
  void areAskedOnceForAllWhoWait() throws Exception {
    var go = new CountDownLatch(1);
    Script slow =
        peer -> {
          Fixture.await(() -> go.getCount() == 0);
          offering("DSN").run(peer);
        };
    try (var hop = new ScriptedHop(slow);
        NextHops hops = fixture.hops(hop.hop())) {
      var answers = new ConcurrentLinkedQueue<Capabilities>();
      List<Thread> asking = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        asking.add(Thread.ofVirtual().start(() -> answers.add(hops.capabilities())));
      }
      Fixture.await(() -> hop.connections.get() == 1);
      go.countDown();
      for (Thread thread : asking) {
        thread.join();
      }
      assertThat(answers).hasSize(20).allMatch(answer -> answer.has("DSN"));
      assertThat(hops.capabilities().has("DSN")).isTrue();
      assertThat(hop.connections).hasValue(1);
    }
  }

  @Test
  void areNoneWhereNobodyAnswersInTimeAndKnownLater() throws Exception {
    var go = new CountDownLatch(1);
    Script slow =
        peer -> {
          Fixture.await(() -> go.getCount() == 0);
          offering("DSN").run(peer);
        };
    Settings.Times all = Settings.Times.DEFAULT;
    var impatient =
        new Settings.Times(
            all.connect(),
            all.greeting(),
            all.command(),
            all.data(),
            all.block(),
            all.dot(),
            all.idle(),
            all.open(),
            Duration.ofMillis(10));
    try (var hop = new ScriptedHop(slow);
        NextHops hops = fixture.hops(impatient, hop.hop())) {
      assertThat(hops.capabilities()).isEqualTo(Capabilities.NONE);
      go.countDown();
      Fixture.await(() -> hops.capabilities().has("DSN"));
      assertThat(hop.connections).hasValue(1);
    }
  }

  @Test
  void areNoneWhereNoHopCanBeHad() throws Exception {
    try (var hop = new ScriptedHop(BUSY);
        NextHops hops = fixture.hops(hop.hop())) {
      assertThat(hops.capabilities()).isEqualTo(Capabilities.NONE);
      assertThat(hops.capabilities()).isEqualTo(Capabilities.NONE);
      assertThat(hop.connections).hasValue(1);
    }
  }

  @Test
  void areThoseThatAllKnownHopsHave() throws Exception {
    try (var first = new ScriptedHop(offering("SIZE 100", "DSN"), BUSY);
        var second = new ScriptedHop(offering("SIZE 50", "PIPELINING"));
        NextHops hops = fixture.hops(first.hop(), second.hop())) {
      assertThat(hops.capabilities().keywords()).containsExactlyInAnyOrder("SIZE", "DSN");
      hops.open(Fixture.CLIENT).close(); // the second
      assertThat(hops.capabilities().keywords()).containsExactly("SIZE");
      assertThat(hops.capabilities().size()).hasValue(50);
    }
  }

  @Test
  void areTakenFromEachConnection() throws Exception {
    try (var hop = new ScriptedHop(offering("DSN"), offering("PIPELINING"));
        NextHops hops = fixture.hops(hop.hop())) {
      hops.open(Fixture.CLIENT).close();
      assertThat(hops.capabilities().keywords()).containsExactly("DSN");
      hops.open(Fixture.CLIENT).close();
      assertThat(hops.capabilities().keywords()).containsExactly("PIPELINING");
      assertThat(hop.connections).hasValue(2);
    }
  }

  @Test
  void areAskedAnewWhenTheyAreOldWhileTheOldOnesAreAnswered() throws Exception {
    try (var hop = new ScriptedHop(offering("DSN"), offering("PIPELINING"));
        NextHops hops = fixture.hops(hop.hop())) {
      assertThat(hops.capabilities().has("DSN")).isTrue();
      fixture.step(Duration.ofMinutes(5));
      assertThat(hops.capabilities().has("DSN")).isTrue();
      assertThat(hop.connections).hasValue(1);
      fixture.step(Duration.ofNanos(1));
      assertThat(hops.capabilities().has("DSN")).isTrue();
      Fixture.await(() -> hops.capabilities().has("PIPELINING"));
      assertThat(hop.connections).hasValue(2);
    }
  }

  @Test
  void areThoseOfferedToUsAndNotToOneClient() throws Exception {
    Script script =
        peer -> {
          peer.greet("XCLIENT ADDR", "DSN");
          peer.answer("XCLIENT ADDR=192.0.2.7", "220 hi");
          peer.ehlo("PIPELINING");
          peer.awaitEnd();
        };
    try (var hop = new ScriptedHop(script);
        NextHops hops = fixture.hops(hop.hop(TlsPolicy.NONE, Identify.AUTO))) {
      try (NextHopConnection connection = hops.open(Fixture.CLIENT)) {
        assertThat(connection.capabilities().keywords()).containsExactly("PIPELINING");
      }
      assertThat(hops.capabilities().keywords()).containsExactlyInAnyOrder("XCLIENT", "DSN");
    }
  }

  @Test
  void askingNeedsNoClient() throws Exception {
    try (var hop = new ScriptedHop(offering("DSN"));
        NextHops hops = fixture.hops(hop.hop(TlsPolicy.NONE, Identify.XCLIENT))) {
      assertThat(hops.capabilities().has("DSN")).isTrue();
    }
    Script behindHeader =
        peer -> {
          peer.expect("PROXY1 null");
          offering("DSN").run(peer);
        };
    try (var hop = new ScriptedHop(behindHeader);
        NextHops hops = fixture.hops(hop.hop(TlsPolicy.NONE, Identify.PROXY_V1))) {
      assertThat(hops.capabilities().has("DSN")).isTrue();
    }
  }
}
