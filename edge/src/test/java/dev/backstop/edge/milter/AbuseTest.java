package dev.backstop.edge.milter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testkit.milter.MilterAnswer;
import dev.backstop.testkit.milter.MilterClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What misbehaving peers do. After each of them the server serves as before and holds nothing of
 * it. Packets out of order and out of form are in the folder {@code dialogues}.
 */
@Timeout(60)
class AbuseTest {
  private static final Limits.Sizes SIZES =
      new Limits.Sizes(128 * 1024, 50, 20_000, 20, 100_000, 10, 4L << 20);

  private final MilterFixture fixture =
      new MilterFixture(new ExampleFilter(), new Limits(SIZES, MilterFixture.TIMES));

  @AfterEach
  void servesAfterwardsAndHoldsNothing() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<>");
      assertThat(client.answer()).isEqualTo("continue");
      client.strings('R', "<user@ours.test>");
      assertThat(client.answer()).isEqualTo("continue");
      client.send('N');
      client.send('E');
      assertThat(client.answer()).isEqualTo("accept");
    }
    Await.until(() -> fixture.server.memoryInUse() == 0);
    Await.until(() -> fixture.server.counters().open.sum() == 0);
    fixture.close();
  }

  private MilterClient inMessage() throws IOException {
    MilterClient client = fixture.client().asPostfix();
    client.strings('M', "<>");
    assertThat(client.answer()).isEqualTo("continue");
    client.strings('R', "<user@ours.test>");
    assertThat(client.answer()).isEqualTo("continue");
    return client;
  }

  private void assertBad(long count) {
    Await.until(() -> fixture.server.counters().badPackets.sum() == count);
  }

  @Test
  void hugeLength() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      client.raw(ByteBuffer.allocate(5).putInt(0x7fffffff).put((byte) 'B').array());
      assertThat(client.isClosed()).isTrue();
    }
    assertBad(1);
  }

  @Test
  void hugeStream() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      client.raw(ByteBuffer.allocate(5).putInt(0x7fffffff).put((byte) 'B').array());
      Assertions.assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  client.raw(new byte[65_536]);
                  client.flush();
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertBad(1);
  }

  @Test
  void bigHeaderIsRefusedAsPacket() throws IOException {
    byte[] value = new byte[200_000];
    Arrays.fill(value, (byte) 'x');
    try (MilterClient client = inMessage()) {
      Assertions.assertThatCode(() -> client.send('L', MilterClient.string("X-Big"), value))
          .satisfies(e -> assertThat(e == null || e instanceof IOException).isTrue());
      assertThat(client.isClosed()).isTrue();
    }
    assertBad(1);
  }

  @Test
  void floodOfRecipientsIsTold452() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      client.strings('M', "<x@y.test>");
      assertThat(client.answer()).isEqualTo("continue");
      for (int i = 0; i < 200; i++) {
        client.strings('R', "<user" + i + "@ours.test>");
        assertThat(client.answer())
            .isEqualTo(
                i < 20
                    ? "continue"
                    : "reply 452 4.5.3 Too many recipients, send the rest separately");
      }
    }
  }

  @Test
  void floodOfHeaderFieldsIsRefusedAtTheNextChance() throws IOException {
    try (MilterClient client = inMessage()) {
      for (int i = 0; i < 10_000; i++) {
        client.strings('L', "X-Flood-" + i, " some value");
      }
      client.send('N');
      client.send('B', new byte[10]);
      assertThat(client.answer()).isEqualTo("reply 552 5.3.4 Message header is too large");
      Await.until(() -> fixture.server.memoryInUse() == 0);
    }
    assertThat(fixture.server.counters().overLimit.sum()).isEqualTo(1);
  }

  @Test
  void headerOfTooManyOctetsIsRefused() throws IOException {
    try (MilterClient client = inMessage()) {
      client.strings('L', "X-Long", " " + "x".repeat(19_000));
      client.strings('L', "X-Long", " " + "x".repeat(19_000));
      client.send('N');
      client.send('E');
      assertThat(client.answer()).isEqualTo("reply 552 5.3.4 Message header is too large");
    }
  }

  @Test
  void floodOfMacrosCostsNothing() throws IOException {
    try (MilterClient client = fixture.client().asPostfix()) {
      for (int i = 0; i < 50_000; i++) {
        client.macros('M', "{m" + i + "}", "value of this macro");
      }
      client.macros('M', "i", "x".repeat(10_000));
      client.strings('M', "<>");
      assertThat(client.answer()).isEqualTo("continue");
    }
  }

  @Test
  void bodyWithoutEndIsKeptWithinTheBound() throws IOException {
    try (MilterClient client = inMessage()) {
      client.strings('L', "X-Want", " 1000000000");
      client.send('N');
      String answer = "continue";
      for (int i = 0; i < 1000 && answer.equals("continue"); i++) {
        client.send('B', new byte[65_000]);
        answer = client.answer();
      }
      assertThat(answer).isEqualTo("skip");
      assertThat(fixture.server.memoryInUse()).isLessThan(400_000);
    }
  }

  @Test
  void memoryOfAllSessionsTogetherIsBounded() throws IOException {
    var sizes = new Limits.Sizes(128 * 1024, 2000, 1 << 20, 10, 1 << 20, 10, 1_500_000);
    try (var small =
            new MilterFixture(new ExampleFilter(), new Limits(sizes, MilterFixture.TIMES));
        MilterClient first = small.client().asPostfix();
        MilterClient second = small.client().asPostfix()) {
      assertThat(fillBody(first)).isEqualTo("continue");
      assertThat(fillBody(second))
          .isEqualTo("reply 451 4.3.1 Mail filter is out of memory, please try again later");
      assertThat(small.server.memoryInUse()).isLessThanOrEqualTo(1_500_000);
    }
  }

  private static String fillBody(MilterClient client) throws IOException {
    client.strings('M', "<>");
    assertThat(client.answer()).isEqualTo("continue");
    client.strings('L', "X-Want", " 1000000");
    client.send('N');
    String answer = "continue";
    for (int i = 0; i < 12 && answer.equals("continue"); i++) {
      client.send('B', new byte[60_000]);
      answer = client.answer();
    }
    return answer;
  }

  @Test
  void tooManyConnectionsAreClosedAtOnce() throws IOException {
    var open = new java.util.ArrayList<MilterClient>();
    for (int i = 0; i < 10; i++) {
      open.add(fixture.client().asPostfix());
    }
    try (MilterClient eleventh = fixture.client()) {
      eleventh.offer(6, 0, 0);
      assertThat(eleventh.isClosed()).isTrue();
    }
    for (MilterClient client : open) {
      client.strings('M', "<>");
      MilterAnswer answer = client.read();
      assertThat(answer).isNotNull();
      client.close();
    }
    Await.until(() -> fixture.server.counters().open.sum() == 0);
    assertThat(fixture.server.counters().refusedForLimit.sum()).isEqualTo(1);
  }
}
