package dev.backstop.edge.milter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.BufferPool;
import dev.backstop.edge.Connection;
import dev.backstop.edge.MemoryChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST = 128 * 1024;

  private final BufferPool pool = new BufferPool(Limits.DEFAULT.sizes().memory());

  private PacketReader reader(byte[] input, int piece) {
    var connection = new Connection(new MemoryChannel(input, piece));
    return new PacketReader(connection, pool, Limits.DEFAULT);
  }

  private static byte[] packet(char command, byte[] data) {
    ByteBuffer packet = ByteBuffer.allocate(5 + data.length);
    return packet.putInt(1 + data.length).put((byte) command).put(data).array();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 511, 512, 513, 16_384, 1_000_000})
  void packetsComeOutAsTheyWentInHoweverTheStreamIsCut(int piece) throws IOException {
    var random = new Random(piece);
    var stream = new ByteArrayOutputStream();
    var sent = new java.util.ArrayList<byte[]>();
    int[] sizes = {0, 1, 500, 506, 507, 508, 512, 600, 16_379, 16_384, 65_535, 100_000, MOST - 1};
    for (int i = 0; i < 40; i++) {
      byte[] data = new byte[sizes[random.nextInt(sizes.length)]];
      random.nextBytes(data);
      sent.add(data);
      stream.writeBytes(packet('B', data));
    }
    PacketReader reader = reader(stream.toByteArray(), piece);
    for (byte[] data : sent) {
      assertThat(reader.next(PATIENCE)).isEqualTo(Command.BODY);
      Packet packet = reader.packet();
      assertThat(packet.copy(0, packet.length())).isEqualTo(data);
    }
    assertThat(reader.next(PATIENCE)).isNull();
    reader.giveBack();
    assertThat(pool.used()).isZero();
  }

  @Test
  void borrowedBufferGoesBackBeforeTheNextWait() throws IOException {
    byte[] big = packet('B', new byte[100_000]);
    byte[] two = Arrays.copyOf(big, 2 * big.length);
    System.arraycopy(big, 0, two, big.length, big.length);
    PacketReader reader = reader(two, big.length);
    reader.next(PATIENCE);
    assertThat(pool.used()).isPositive();
    reader.next(PATIENCE);
    assertThat(reader.next(PATIENCE)).isNull();
    assertThat(pool.used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, MOST + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void lengthOutOfBoundsIsRefusedBeforeAnythingIsRead(int length) {
    byte[] input = ByteBuffer.allocate(5).putInt(length).put((byte) 'B').array();
    assertThatThrownBy(() -> reader(input, 5).next(PATIENCE))
        .isInstanceOf(BadPacketException.class)
        .hasMessageContaining("packet of " + Integer.toUnsignedString(length));
    assertThat(pool.used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 8})
  void streamThatEndsWithinPacketIsBroken(int octets) {
    byte[] input = Arrays.copyOf(packet('M', new byte[6]), octets);
    assertThatThrownBy(() -> reader(input, 4).next(PATIENCE))
        .isInstanceOf(BadPacketException.class)
        .hasMessage("connection ended within a packet");
  }

  @Test
  void declaredLengthIsBelievedOnlyAsFarAsOctetsCome() {
    byte[] input = ByteBuffer.allocate(700).putInt(MOST).put((byte) 'B').array();
    PacketReader reader = reader(input, 700);
    assertThatThrownBy(() -> reader.next(PATIENCE)).isInstanceOf(BadPacketException.class);
    assertThat(pool.used()).isEqualTo(16 * 1024);
  }

  @Test
  void spentBudgetEndsTheConnectionAndNothingElse() {
    var small = new BufferPool(1000);
    var connection = new Connection(new MemoryChannel(packet('B', new byte[5000]), 5005));
    var reader = new PacketReader(connection, small, Limits.DEFAULT);
    assertThatThrownBy(() -> reader.next(PATIENCE)).hasMessage("no memory left for a packet");
    assertThat(small.used()).isZero();
  }
}
