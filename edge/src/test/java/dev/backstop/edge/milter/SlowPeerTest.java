package dev.backstop.edge.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.testkit.milter.MilterClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that make the server wait are dropped, whatever they make it wait for. */
@Timeout(60)
class SlowPeerTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(100);

  private MilterFixture fixture = new MilterFixture(new ExampleFilter(), times(LONG, LONG, SHORT));

  private static Limits times(Duration idle, Duration content, Duration packet) {
    return new Limits(
        Limits.Sizes.DEFAULT,
        new Limits.Times(idle, content, packet, LONG, Duration.ofSeconds(20), Duration.ZERO));
  }

  private void restart(Limits limits) {
    fixture.close();
    fixture = new MilterFixture(new ExampleFilter(), limits);
  }

  @AfterEach
  void countsItAsTimeout() {
    Await.until(() -> fixture.server.counters().timeouts.sum() == 1);
    Await.until(() -> fixture.server.memoryInUse() == 0);
    fixture.close();
  }

  @Test
  void halfPacketIsNotWaitedForLong() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      client.raw(ByteBuffer.allocate(8).putInt(200).put((byte) 'M').array());
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void halfLengthIsNotWaitedForLong() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      client.raw(new byte[] {0, 0});
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void packetThatDripsGetsNoMoreTimeForEachDrop() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      client.raw(ByteBuffer.allocate(5).putInt(100_000).put((byte) 'M').array());
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  client.raw(new byte[] {'x'});
                  client.flush();
                  Await.pause();
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void answerThatNobodyReadsIsNotWaitedForLong() throws IOException {
    try (MilterClient client = fixture.client()) {
      client.negotiate(2, 0, 0); // every command is answered, and we never read one
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000_000; i++) {
                  client.strings('H', "x");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void idleConnectionIsClosedInTheEnd() throws IOException {
    restart(times(SHORT, LONG, LONG));
    try (MilterClient client = fixture.client()) {
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void contentThatStopsIsNotWaitedForAsLongAsAnIdleClient() throws IOException {
    restart(times(LONG, SHORT, LONG));
    try (MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<>");
      assertThat(client.answer()).isEqualTo("continue");
      client.strings('L', "X-Want", "100");
      client.send('N');
      client.send('B', new byte[20]);
      assertThat(client.answer()).isEqualTo("continue");
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void decisionThatNeverComesEndsTheConnection() throws IOException {
    fixture.close();
    var times = new Limits.Times(LONG, LONG, LONG, SHORT, Duration.ofMillis(20), Duration.ZERO);
    var gate = new GateFilter();
    fixture = new MilterFixture(gate, new Limits(Limits.Sizes.DEFAULT, times));
    try (MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<>");
      String answer = client.answer();
      while (answer.equals("progress")) {
        answer = client.answer();
      }
      assertThat(answer).isEqualTo("closed");
    }
    gate.open();
  }
}
