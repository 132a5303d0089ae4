package dev.backstop.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.MemoryChannel;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  private static byte[] record(int length) {
    byte[] record = new byte[5 + length];
    Arrays.fill(record, (byte) length);
    System.arraycopy(new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length}, 0, record, 0, 5);
    return record;
  }

  private static byte[] taken(ByteBuffer record) {
    byte[] octets = new byte[record.remaining()];
    record.get(octets);
    return octets;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 511, 512, 513, 4096, 100_000})
  void recordsAreFoundInAnySplit(int piece) throws IOException {
    var all = new ByteArrayOutputStream();
    List<Integer> lengths =
        List.of(0, 1, 507, 508, 2, 4091, 4092, 18_432, 18_432, 3, 16_401, 100, 100, 6000);
    lengths.forEach(length -> all.writeBytes(record(length)));
    var reader = new RecordReader(new MemoryChannel(all.toByteArray(), piece));
    for (int length : lengths) {
      assertThat(taken(Objects.requireNonNull(reader.next()))).isEqualTo(record(length));
    }
    assertThat(reader.next()).isNull();
    assertThat(reader.held()).isEqualTo(512);
  }

  @Test
  void headerAloneTakesNoMemory() {
    byte[] lying = Arrays.copyOf(record(18_432), 600);
    var reader = new RecordReader(new MemoryChannel(lying, 100));
    assertThatThrownBy(reader::next).isInstanceOf(EOFException.class);
    assertThat(reader.held()).isEqualTo(4096);
  }

  @Test
  void whatWasLeftIsGivenAgain() throws IOException {
    var reader = new RecordReader(new MemoryChannel(record(10), 15));
    ByteBuffer record = Objects.requireNonNull(reader.next());
    record.get();
    assertThat(reader.next()).isSameAs(record);
    assertThat(taken(record)).hasSize(14);
    assertThat(reader.next()).isNull();
  }

  @Test
  void whatIsNoRecordIsRefused() {
    for (byte[] wrong :
        new byte[][] {
          {19, 3, 3, 0, 1},
          {24, 3, 3, 0, 1},
          {22, 2, 0, 0, 1},
          {22, 3, 1, 0x48, 1},
          {'E', 'H', 'L', 'O', ' '}
        }) {
      var reader = new RecordReader(new MemoryChannel(wrong, 5));
      assertThatThrownBy(reader::next).isInstanceOf(SSLException.class);
    }
  }
}
