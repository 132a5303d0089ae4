package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Case.ENVELOPE;
import static dev.backstop.it.gateway.Case.HEADER;
import static dev.backstop.it.gateway.Case.MAIL;
import static dev.backstop.it.gateway.Case.NO_MESSAGE;
import static dev.backstop.it.gateway.Case.bdat;
import static dev.backstop.it.gateway.Case.chunk;
import static dev.backstop.it.gateway.Case.last;

import dev.backstop.it.gateway.Case.AtMostOne;
import dev.backstop.it.gateway.Case.One;
import dev.backstop.it.gateway.Case.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BDAT (RFC 3030), towards a next hop that knows DATA only. */
class ChunkingTest extends GatewayTest {
  private static final String QUIT = "QUIT\r\n";

  static Stream<Case> messages() {
    return Stream.of(
        bdat("one chunk", "250 221", new One("text\r\n"), last(HEADER + "text\r\n") + QUIT),
        bdat(
            "three chunks",
            "250 250 250 221",
            new One("one\r\ntwo\r\n"),
            chunk(HEADER) + chunk("one\r\n") + last("two\r\n") + QUIT),
        bdat(
            "an empty last chunk",
            "250 250 221",
            new One("text\r\n"),
            chunk(HEADER + "text\r\n") + last("") + QUIT),
        bdat(
            "an empty chunk in the middle",
            "250 250 250 221",
            new One("text\r\n"),
            chunk(HEADER) + chunk("") + last("text\r\n") + QUIT),
        bdat(
            "CRLF cut between two chunks",
            "250 250 221",
            new One("one\r\ntwo\r\n"),
            chunk(HEADER + "one\r") + last("\ntwo\r\n") + QUIT),
        bdat(
            "what ends DATA is text here",
            "250 221",
            new One("one\r\n.\r\ntwo\r\n"),
            last(HEADER + "one\r\n.\r\ntwo\r\n") + QUIT),
        bdat(
            "the same cut between chunks",
            "250 250 250 221",
            new One("one\r\n.\r\nMAIL FROM:<evil@foreign.test>\r\n"),
            chunk(HEADER + "one\r\n")
                + chunk(".\r\n")
                + last("MAIL FROM:<evil@foreign.test>\r\n")
                + QUIT),
        bdat(
            "a dot as the first octet of a chunk",
            "250 250 221",
            new One("one\r\n.two\r\n"),
            chunk(HEADER + "one\r\n") + last(".two\r\n") + QUIT),
        bdat(
            "no line end at the end", "250 221", new One("text\r\n"), last(HEADER + "text") + QUIT),
        bdat(
            "a lone dot at the end",
            "250 221",
            new One("text\r\n.\r\n"),
            last(HEADER + "text\r\n.") + QUIT),
        bdat("nothing at all", "(250|5\\d\\d) 221", new AtMostOne(), last("") + QUIT),
        bdat(
            "two messages in one packet, the second without recipients",
            "250 250 (503|554) 221",
            new One("text\r\n"),
            last(HEADER + "text\r\n") + MAIL + last("x\r\n") + QUIT));
  }

  static Stream<Case> abuse() {
    return Stream.of(
        bdat("bare LF", "550 221", NO_MESSAGE, last(HEADER + "a\nb\r\n") + QUIT),
        bdat("bare CR", "550 221", NO_MESSAGE, last(HEADER + "a\rb\r\n") + QUIT),
        bdat("NUL", "550 221", NO_MESSAGE, last(HEADER + "a\0b\r\n") + QUIT),
        bdat("a CR at the very end", "550 221", NO_MESSAGE, last(HEADER + "text\r") + QUIT),
        bdat("LF.LF", "550 221", NO_MESSAGE, last(HEADER + "a\n.\nb\r\n") + QUIT),
        bdat(
            "CR in one chunk, no LF in the next",
            "250 550 221",
            NO_MESSAGE,
            chunk(HEADER + "a\r") + last("b\r\n") + QUIT),
        bdat("QUIT in the middle", "250 221", NO_MESSAGE, chunk(HEADER) + QUIT),
        bdat("hung up in the middle of a chunk", "", NO_MESSAGE, "BDAT 50 LAST\r\n" + HEADER),
        bdat("hung up between chunks", "250", NO_MESSAGE, chunk(HEADER + "text\r\n")),
        bdat("RSET in the middle", "250 250 221", NO_MESSAGE, chunk(HEADER) + "RSET\r\n" + QUIT),
        bdat(
            "RSET, then LAST",
            "250 250 503 221",
            NO_MESSAGE,
            chunk(HEADER) + "RSET\r\n" + last("text\r\n") + QUIT),
        bdat("DATA in the middle", "250 503 221", NO_MESSAGE, chunk(HEADER) + "DATA\r\n" + QUIT),
        bdat("MAIL in the middle", "250 503 221", NO_MESSAGE, chunk(HEADER) + MAIL + QUIT),
        bdat(
            "RCPT in the middle",
            "250 503 221",
            NO_MESSAGE,
            chunk(HEADER) + "RCPT TO:<other@ours.test>\r\n" + QUIT),
        bdat(
            "EHLO in the middle, then LAST",
            "250 250 503 221",
            NO_MESSAGE,
            chunk(HEADER) + "EHLO again.test\r\n" + last("text\r\n") + QUIT),
        Case.pipelined(
            "without a sender the chunk is read and refused",
            "503 250 221",
            Case.NOTHING,
            last("RSET\r\n") + "NOOP\r\n" + QUIT),
        Case.pipelined(
            "without recipients the chunk is read and refused",
            "250 (503|554) 250 221",
            NO_MESSAGE,
            MAIL + last("DATA\r\n") + "NOOP\r\n" + QUIT),
        Case.pipelined(
            "behind refused recipients",
            "250 5\\d\\d (503|554) 221",
            NO_MESSAGE,
            MAIL + "RCPT TO:<user@elsewhere.test>\r\n" + last("x\r\n") + QUIT),
        new Case(
            "behind a message by DATA",
            List.of(
                new Step(ENVELOPE + "DATA\r\n", 3),
                new Step(HEADER + "text\r\n.\r\n" + last("x\r\n") + QUIT, 0)),
            "250 250 354 250 503 221",
            new One("text\r\n"),
            1));
  }

  /**
   * Where a size cannot be understood nobody knows where the commands go on, so nothing behind it
   * may be run.
   */
  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "BDAT",
        "BDAT ",
        "BDAT x",
        "BDAT -1",
        "BDAT -1 LAST",
        "BDAT +5 LAST",
        "BDAT 0x10 LAST",
        "BDAT 1e3 LAST",
        "BDAT 5.0 LAST",
        "BDAT 2147483648 LAST",
        "BDAT 4294967297 LAST",
        "BDAT 9223372036854775807 LAST",
        "BDAT 9223372036854775808 LAST",
        "BDAT 18446744073709551617 LAST",
        "BDAT 99999999999999999999999999999999 LAST",
        "BDAT 5 FIRST",
        "BDAT 5 LAST LAST",
        "BDAT LAST 5",
        "BDAT LAST",
        "BDAT 5LAST",
        "BDAT \u00b5 LAST",
        "BDAT 5\0 LAST"
      })
  void nothingRunsBehindASizeThatIsNone(String command) {
    String smuggled = "RSET\r\n" + ENVELOPE + "DATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\n" + QUIT;
    Matrix.run(
        gateway,
        bdat(command, "5\\d\\d|250 250 421|250 250", NO_MESSAGE, command + "\r\n" + smuggled));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageInChunksArrivesAsOneWithDotsStuffed(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("abuse")
  void aSequenceThatBreaksOffLeavesNothing(Case row) {
    Matrix.run(gateway, row);
  }
}
