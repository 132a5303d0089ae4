package dev.backstop.edge.smtp.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentReaderTest {

  /** r: CR, n: LF, 0: NUL; what is behind the end is behind the bar. */
  private static byte[] octets(String text) {
    return text.replace('r', '\r')
        .replace('n', '\n')
        .replace('0', '\0')
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String shown(String octets) {
    return octets.replace('\r', 'r').replace('\n', 'n').replace('\0', '0');
  }

  /** In all ways to cut the stream in two, and octet by octet. */
  private static String read(boolean dotted, LineEnds policy, String text) {
    byte[] octets = octets(text);
    String first = null;
    for (int cut = 0; cut <= octets.length + 1; cut++) {
      var wire = new Wire();
      var reader = new ContentReader(dotted, policy, wire);
      int at = 0;
      for (int to = 1; to <= octets.length && !reader.ended(); to++) {
        if (cut == octets.length + 1 || to == cut || to == octets.length) {
          at = reader.read(octets, at, to);
        }
      }
      if (!dotted) {
        reader.finishChunks();
      }
      String result =
          shown(wire.toString())
              + (reader.hasStrayLineEnd() ? " stray" : "")
              + (reader.hasNul() ? " nul" : "")
              + (reader.ended() ? " left " + (octets.length - at) : " open");
      assertThat(first == null ? result : first).as("cut at " + cut).isEqualTo(result);
      first = result;
    }
    return String.valueOf(first);
  }

  /** The message as it goes on; doubled dots as two. */
  private static final class Wire implements ContentReader.Target {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void octets(byte[] octets, int from, int to) {
      text.append(new String(octets, from, to - from, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void doubledDot() {
      text.append('.');
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  @ParameterizedTest
  @CsvSource({
    ".rn,                   '', left 0",
    "arn.rn,                arn, left 0",
    "arn.rnQUITrn,          arn, left 6",
    "arn..rn.rn,            arn..rn, left 0",
    "arn..brn.rn,           arn..brn, left 0",
    "arn.brn.rn,            arnbrn, left 0",
    "arnrn.rn,              arnrn, left 0",
    "arn.,                  arn, open",
    "arn.r,                 arn, open",
    "abcdefghijklmopqstuvwxyzrn.rn, abcdefghijklmopqstuvwxyzrn, left 0",
  })
  void goodMessages(String text, String wire, String state) {
    assertThat(read(true, LineEnds.REFUSE, text)).isEqualTo((wire + " " + state).replace("'", ""));
  }

  /** None of these is an end; each is known for what it is. */
  @ParameterizedTest
  @CsvSource({
    "an.n", "an.rn", "arn.n", "ar.r", "arn.rr", "ar.rn", "an.r", "arn.rx", "arrn.rx", "ar", "anx",
  })
  void otherLineEndsEndNothing(String text) {
    assertThat(read(true, LineEnds.REFUSE, text + "xrn")).endsWith(" stray open");
    assertThat(read(true, LineEnds.REPAIR, text + "xrn")).endsWith(" stray open");
  }

  @Test
  void nulIsKnown() {
    assertThat(read(true, LineEnds.REFUSE, "a0brn.rn")).isEqualTo("abrn nul left 0");
    assertThat(read(true, LineEnds.REFUSE, "arn.0rn.rn")).contains(" nul");
    assertThat(read(true, LineEnds.REFUSE, "arn0.rn.rn")).isEqualTo("arn.rn nul left 0");
  }

  /** What comes out has CRLF alone, and no line with a dot alone. */
  @ParameterizedTest
  @CsvSource({
    "anbrn.rn,    arnbrn",
    "arbrn.rn,    arnbrn",
    "an.nbrn.rn,  arn..rnbrn",
    "an.rnbrn.rn, arn..rnbrn",
    "ar.rnbrn.rn, arn..rnbrn",
    "arn.nbrn.rn, arnrnbrn",
    "arn.rbrn.rn, arnrnbrn",
    "arrn.rn,     arnrn",
    "an.r.rn.rn,  arn..rn..rn",
  })
  void repairedLineEnds(String text, String wire) {
    assertThat(read(true, LineEnds.REPAIR, text)).isEqualTo(wire + " stray left 0");
  }

  @ParameterizedTest
  @CsvSource({
    "arn,           arn",
    "arn.rn,        arn..rn",
    ".,             ..rn",
    "a,             arn",
    "..rn,          ...rn",
  })
  void chunksHaveNoEndInThem(String text, String wire) {
    assertThat(read(false, LineEnds.REFUSE, text)).isEqualTo(wire + " left 0");
  }

  @Test
  void aChunkThatEndsInTheMiddleOfALineEndIsStray() {
    assertThat(read(false, LineEnds.REFUSE, "ar")).isEqualTo("arn stray left 0");
  }

  @Test
  void theLongestLine() {
    byte[] octets = octets("ab" + "rn" + "abcdefghijkl" + "rn" + "abc" + "rn");
    for (int cut = 0; cut <= octets.length; cut++) {
      var reader = new ContentReader(true, LineEnds.REFUSE, new Wire());
      reader.read(octets, 0, cut);
      reader.read(octets, cut, octets.length);
      assertThat(reader.longestLine()).isEqualTo(12);
    }
  }
}
