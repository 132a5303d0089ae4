package dev.backstop.edge.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

class ContentFuzzTest {
  /** Line ends and dots, mostly: chance alone finds few. */
  private static final String[] PIECES = {"\r", "\n", ".", "\r\n", "\r\n.", "\0", "a", "\r\n.\r\n"};

  /** Whatever comes, in whatever pieces, the next hop sees one message that ends where we say. */
  @FuzzTest(maxDuration = "60s")
  void whatGoesOnIsOneMessage(FuzzedDataProvider data) {
    boolean dotted = data.consumeBoolean();
    LineEnds policy = data.consumeBoolean() ? LineEnds.REPAIR : LineEnds.REFUSE;
    var wire = new ByteArrayOutputStream();
    var reader =
        new ContentReader(
            dotted,
            policy,
            new ContentReader.Target() {
              @Override
              public void octets(byte[] octets, int from, int to) {
                wire.write(octets, from, to - from);
              }

              @Override
              public void doubledDot() {
                wire.write('.');
              }
            });
    while (data.remainingBytes() > 0 && !reader.ended()) {
      byte[] piece = piece(data);
      int end = reader.read(piece, 0, piece.length);
      assertThat(end).isBetween(0, piece.length);
      assertThat(end == piece.length || reader.ended()).isTrue();
    }
    if (!dotted) {
      reader.finishChunks();
    }
    boolean refused = reader.hasNul() || (reader.hasStrayLineEnd() && policy == LineEnds.REFUSE);
    if (reader.ended() && !refused) {
      String message = wire.toString(StandardCharsets.ISO_8859_1);
      assertThat(message)
          .satisfiesAnyOf(
              text -> assertThat(text).isEmpty(), text -> assertThat(text).endsWith("\r\n"));
      assertThat(("\r\n" + message).indexOf("\r\n.\r\n")).isNegative();
      assertThat(message.replace("\r\n", "")).doesNotContain("\r", "\n", "\0");
    }
  }

  private static byte[] piece(FuzzedDataProvider data) {
    var text = new StringBuilder();
    for (int i = data.consumeInt(1, 8); i > 0; i--) {
      text.append(data.consumeBoolean() ? data.pickValue(PIECES) : data.consumeString(20));
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
