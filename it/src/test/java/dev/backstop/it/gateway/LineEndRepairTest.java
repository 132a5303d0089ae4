package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Case.END;
import static dev.backstop.it.gateway.Case.HEADER;
import static dev.backstop.it.gateway.Case.NO_MESSAGE;

import dev.backstop.it.gateway.Case.One;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code line-ends = "repair"}: every line end becomes CRLF, and still none ends the data. */
class LineEndRepairTest extends GatewayTest {
  @Override
  Gateway create() {
    return new Gateway(Script.usual(), "line-ends = \"repair\"");
  }

  static Stream<Case> rows() {
    return Stream.of(
        repaired("LF", "one\ntwo", "one\r\ntwo\r\n"),
        repaired("CR", "one\rtwo", "one\r\ntwo\r\n"),
        repaired("LF.LF stays text", "one\n.\ntwo", "one\r\n.\r\ntwo\r\n"),
        repaired("LF.CRLF stays text", "one\n.\r\ntwo", "one\r\n.\r\ntwo\r\n"),
        repaired("CRLF.LF stays text", "one\r\n.\ntwo", "\r\ntwo\r\n"),
        repaired("CR.CR stays text", "one\r.\rtwo", "one\r\n.\r\ntwo\r\n"),
        repaired("CRLF.CR stays text", "one\r\n.\rtwo", "\r\ntwo\r\n"),
        repaired("LF..LF", "one\n..\ntwo", "one\r\n..\r\ntwo\r\n"),
        Case.data(
            "a header with LF", "Subject: a\n\none\n" + END, "250 221", new One("one\r\n\r\n")),
        Case.data("NUL is refused", HEADER + "one\0two" + END, "550 221", NO_MESSAGE));
  }

  private static Case repaired(String name, String sent, String got) {
    return Case.data(name, HEADER + sent + END, "250 221", new One(got));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theNextHopGetsOneMessageWithLines(Case row) {
    Matrix.run(gateway, row);
  }
}
