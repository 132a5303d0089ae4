package dev.backstop.edge.smtp.nexthop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.edge.BufferPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes one write. */
class MessageWriterTest {
  private final BufferPool pool = new BufferPool(1_000_000);
  private final List<String> writes = new ArrayList<>();
  private final MessageWriter writer = writer(pool);

  private MessageWriter writer(BufferPool from) {
    return new MessageWriter(
        from, (octets, at, length) -> writes.add(new String(octets, at, length, US_ASCII)));
  }

  private static void write(MessageWriter writer, String text) throws IOException {
    byte[] octets = ("??" + text + "??").getBytes(US_ASCII);
    writer.write(octets, 2, octets.length - 4);
  }

  @Test
  void smallMessageAndItsDotAreOneWrite() throws IOException {
    for (int i = 0; i < 100; i++) {
      write(writer, "0123456789\r\n");
    }
    writer.end();
    assertThat(writes).containsExactly("0123456789\r\n".repeat(100) + ".\r\n");
  }

  @ParameterizedTest
  @CsvSource({"1", "1000", "16378", "16379", "16380", "100000", "1000000"})
  void dotIsNeverAlone(int length) throws IOException {
    String text = "x".repeat(length - 1);
    write(writer, text);
    write(writer, "y");
    writer.end();
    assertThat(String.join("", writes)).isEqualTo(text + "y\r\n.\r\n");
    assertThat(writes.getLast()).hasSizeGreaterThan(5);
    assertThat(writes).hasSizeLessThanOrEqualTo(2 + length / 65_000);
    assertThat(pool.used()).isPositive();
    writer.give();
    assertThat(pool.used()).isZero();
  }

  @Test
  void lineEndInPiecesIsOne() throws IOException {
    write(writer, "a\r");
    write(writer, "\n");
    writer.end();
    assertThat(writes).containsExactly("a\r\n.\r\n");
  }

  @Test
  void bareLineFeedIsNoLineEnd() throws IOException {
    write(writer, "a\n");
    writer.end();
    assertThat(writes).containsExactly("a\n\r\n.\r\n");
  }

  @Test
  void spentPoolMakesSmallWritesAndNoFailure() throws IOException {
    var spent = new BufferPool(10);
    MessageWriter poor = writer(spent);
    write(poor, "x".repeat(5_000));
    poor.end();
    poor.give();
    assertThat(String.join("", writes)).isEqualTo("x".repeat(5_000) + "\r\n.\r\n");
    assertThat(writes).hasSize(3);
    assertThat(spent.used()).isZero();
  }

  @Test
  void emptyMessageTakesNoBuffer() throws IOException {
    writer.end();
    assertThat(writes).containsExactly(".\r\n");
    assertThat(pool.used()).isZero();
  }
}
