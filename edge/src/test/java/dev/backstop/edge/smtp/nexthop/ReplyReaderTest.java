package dev.backstop.edge.smtp.nexthop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.MemoryChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies as servers send them, and as they must not. */
class ReplyReaderTest {
  static ReplyReader reader(byte[] octets, int piece) {
    var channel = new MemoryChannel(octets, piece);
    return new ReplyReader(
        (buffer, from, length) -> channel.read(ByteBuffer.wrap(buffer, from, length)), 64);
  }

  private static ReplyReader reader(String octets) {
    return reader(octets.getBytes(ISO_8859_1), 1_000_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void readsRepliesInAnyPieces(int piece) throws IOException {
    byte[] octets =
        "220 hi\r\n250-a\r\n250-b\r\n250 c\r\n354\r\n250-\n250 x\n599 \r\n".getBytes(ISO_8859_1);
    ReplyReader reader = reader(octets, piece);
    assertThat(reader.next()).isEqualTo(new HopReply(220, List.of("hi")));
    assertThat(reader.next()).hasToString("250 a / b / c");
    assertThat(reader.next()).hasToString("354 ");
    assertThat(reader.next()).hasToString("250  / x");
    assertThat(reader.next()).hasToString("599 ");
    assertThat(reader.hasMore()).isFalse();
    assertThatThrownBy(reader::next).hasMessage("closed the connection");
  }

  @Test
  void whatIsBehindAReplyIsSeen() throws IOException {
    ReplyReader reader = reader("250 ok\r\n2");
    assertThat(reader.next().code()).isEqualTo(250);
    assertThat(reader.hasMore()).isTrue();
  }

  @Test
  void ofDifferentCodesOfOneClassTheLastCounts() throws IOException {
    assertThat(reader("250-a\r\n251 b\r\n").next()).hasToString("251 a / b");
  }

  @Test
  void textIsMadePrintable() throws IOException {
    HopReply reply = reader("250 a\tb\r\0c\u001b[31m\u00fc\u007f\u0085\r\n").next();
    assertThat(reply.lines()).containsExactly("a b??c?[31m???");
  }

  static Stream<Arguments> broken() {
    String line = "250-" + "x".repeat(1000) + "\r\n";
    return Stream.of(
        Arguments.of("", "closed the connection"),
        Arguments.of("250 o", "closed the connection"),
        Arguments.of("250-a\r\n", "closed the connection"),
        Arguments.of("250-a\r\n550 b\r\n", "sent a reply with the codes 250 and 550"),
        Arguments.of("\r\n", "sent a line that does not begin with a reply code"),
        Arguments.of("25\r\n", "sent a line that does not begin with a reply code"),
        Arguments.of("25O ok\r\n", "sent a line that does not begin with a reply code"),
        Arguments.of(" 250 ok\r\n", "sent a line that does not begin with a reply code"),
        Arguments.of("\u00b2\u00b250 ok\r\n", "sent a line that does not begin with a reply code"),
        Arguments.of("150 ok\r\n", "sent the reply code 150"),
        Arguments.of("600 ok\r\n", "sent the reply code 600"),
        Arguments.of("000 ok\r\n", "sent the reply code 0"),
        Arguments.of("2500 ok\r\n", "sent a reply code with neither space nor hyphen behind it"),
        Arguments.of("250\tok\r\n", "sent a reply code with neither space nor hyphen behind it"),
        Arguments.of(
            "250\r 550 x\r\n", "sent a reply code with neither space nor hyphen behind it"),
        Arguments.of("250 " + "x".repeat(3000), "sent a reply line longer than 2048 octets"),
        Arguments.of(
            "250 " + "x".repeat(2043) + "\r\n", "sent a reply line longer than 2048 octets"),
        Arguments.of("250-a\r\n".repeat(101), "sent a reply of more than 100 lines or 64 KiB"),
        Arguments.of(line.repeat(66), "sent a reply of more than 100 lines or 64 KiB"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatIsNoReplyIsAnError(String octets, String problem) {
    assertThatThrownBy(() -> reader(octets).next())
        .isInstanceOf(BrokenHopException.class)
        .hasMessage(problem);
  }

  @Test
  void longestReplyIsRead() throws IOException {
    assertThat(reader("250 " + "x".repeat(2042) + "\r\n").next().lines().getFirst()).hasSize(2042);
    HopReply reply = reader("250-a\r\n".repeat(99) + "250 z\r\n").next();
    assertThat(reply.lines()).hasSize(100);
  }

  @Test
  void relayedLinesHaveAtMost512Octets() {
    var reply = new HopReply(250, List.of("a", "x".repeat(2000)));
    assertThat(reply.octets()).asString().isEqualTo("250-a\r\n250 " + "x".repeat(506) + "\r\n");
    assertThat(reply.octets()).hasSize(7 + 512);
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 600, 0, -250})
  void codeOutsideTheRangeIsNoReply(int code) {
    assertThatThrownBy(() -> new HopReply(code, List.of("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
