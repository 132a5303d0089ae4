package dev.backstop.edge.milter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.edge.BufferPool;
import dev.backstop.edge.Connection;
import dev.backstop.edge.MemoryChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever octets come: the codec throws nothing but its own exception, a session throws nothing at
 * all, answers in well-formed packets, and holds nothing afterwards. {@code JAZZER_FUZZ=1 mvn test
 * -Dtest=MilterFuzzTest#session} searches for longer.
 */
class MilterFuzzTest {
  private static final Limits LIMITS =
      new Limits(
          new Limits.Sizes(70_000, 20, 5_000, 10, 50_000, 10, 400_000), Limits.Times.DEFAULT);

  /** Never started: the sessions have no sockets. */
  private static final MilterServer SERVER = new MilterServer(ExampleFilter::new, LIMITS);

  @FuzzTest
  void packets(byte[] input) throws IOException {
    readAll(input);
  }

  @FuzzTest
  void session(byte[] input) throws IOException {
    talk(input);
  }

  @Test
  void randomOctets() throws IOException {
    var random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      byte[] input = new byte[random.nextInt(300)];
      random.nextBytes(input);
      readAll(input);
      talk(input);
    }
  }

  @Test
  void randomPacketsInRandomOrder() throws IOException {
    var random = new Random(2);
    for (int i = 0; i < 2_000; i++) {
      talk(session(random));
    }
  }

  @Test
  void goodSessionWithAFewOctetsChanged() throws IOException {
    var random = new Random(3);
    byte[] good = goodSession();
    int answers = talk(good);
    assertThat(answers).isGreaterThan(60);
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = good.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      talk(changed);
    }
  }

  private static void readAll(byte[] input) throws IOException {
    var pool = new BufferPool(LIMITS.sizes().memory());
    var connection = new Connection(new MemoryChannel(input, 1 + input.length / 3));
    var reader = new PacketReader(connection, pool, LIMITS);
    try {
      while (reader.next(Duration.ofMinutes(1)) != null) {
        assertThat(reader.packet().length()).isLessThan(LIMITS.sizes().packet());
        assertThat(pool.used()).isLessThanOrEqualTo(LIMITS.sizes().memory());
      }
    } catch (BadPacketException e) {
      assertThat(e).hasMessageNotContaining("\n");
    }
    reader.giveBack();
    assertThat(pool.used()).isZero();
  }

  /** Octets of answers. */
  private static int talk(byte[] input) throws IOException {
    var channel = new MemoryChannel(input, 1 + input.length / 2);
    new MilterSession(SERVER, new Connection(channel)).serve();
    assertThat(SERVER.memoryInUse()).isZero();
    ByteBuffer answers = ByteBuffer.wrap(channel.written());
    while (answers.hasRemaining()) {
      int length = answers.getInt();
      assertThat((char) answers.get()).isIn('O', 'a', 'c', 's', 'y', 'e', '+', '-', 'i', 'm');
      answers.position(answers.position() + length - 1);
    }
    return channel.written().length;
  }

  private static byte[] session(Random random) {
    var octets = new ByteArrayOutputStream();
    if (random.nextInt(10) > 0) {
      octets.writeBytes(offer());
    }
    for (int i = random.nextInt(30); i > 0; i--) {
      char command = "ODCHMRTLNBEAUK".charAt(random.nextInt(14));
      packet(octets, random.nextInt(20) == 0 ? 'M' : command, data(random));
    }
    return octets.toByteArray();
  }

  private static byte[] data(Random random) {
    String[] pieces = {
      "<>",
      "<a@b>",
      "a@b",
      "\0",
      "\0",
      "X-Want",
      " 100",
      "X-Do",
      " edit",
      "4",
      "i",
      "{auth_authen}",
      "throws@x",
      "pass@x",
      "\r\n",
      "\u00ff",
      "%n",
      "MLRD",
      "127.0.0.1",
      "x".repeat(2_000)
    };
    var text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return (text + (random.nextInt(4) > 0 ? "\0" : "")).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] offer() {
    return ByteBuffer.allocate(17)
        .putInt(13)
        .put((byte) 'O')
        .putInt(6)
        .putInt(0x1ff)
        .putInt(0x1fffff)
        .array();
  }

  private static byte[] goodSession() {
    var octets = new ByteArrayOutputStream();
    octets.writeBytes(offer());
    packet(octets, 'D', "Cv\0Postfix\0");
    packet(octets, 'C', "mx.example.com\0" + "4\u009c@192.0.2.1\0");
    packet(octets, 'H', "mx.example.com\0");
    packet(octets, 'D', "M{auth_authen}\0user\0");
    packet(octets, 'M', "<user@ours.test>\0SIZE=100\0");
    packet(octets, 'R', "<a@example.com>\0");
    packet(octets, 'L', "X-Do\0 edit\0");
    packet(octets, 'L', "X-Want\0 1000\0");
    packet(octets, 'N', "");
    packet(octets, 'B', "hello\r\n".repeat(50));
    packet(octets, 'E', "");
    packet(octets, 'Q', "");
    return octets.toByteArray();
  }

  private static void packet(ByteArrayOutputStream octets, char command, String data) {
    packet(octets, command, data.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void packet(ByteArrayOutputStream octets, char command, byte[] data) {
    octets.writeBytes(ByteBuffer.allocate(4).putInt(1 + data.length).array());
    octets.write(command);
    octets.writeBytes(data);
  }
}
