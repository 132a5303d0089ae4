package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Case.END;
import static dev.backstop.it.gateway.Case.HEADER;
import static dev.backstop.it.gateway.Case.NO_MESSAGE;

import dev.backstop.it.gateway.Case.One;
import dev.backstop.it.gateway.Case.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The data ends with CRLF.CRLF and nothing else (RFC 5321 §4.1.1.4): behind each look-alike stands
 * a second message, which must never become one.
 */
class EndOfDataTest extends GatewayTest {
  private static final String SMUGGLED =
      "MAIL FROM:<evil@foreign.test>\r\nRCPT TO:<victim@ours.test>\r\nDATA\r\n"
          + "Subject: smuggled\r\n\r\nsmuggled";

  static Stream<Case> lookAlikes() {
    return Stream.of(
        lookAlike("LF.LF", "\n.\n"),
        lookAlike("LF.CRLF", "\n.\r\n"),
        lookAlike("CRLF.LF", "\r\n.\n"),
        lookAlike("CR.CR", "\r.\r"),
        lookAlike("CRLF.CR", "\r\n.\r"),
        lookAlike("CR.CRLF", "\r.\r\n"),
        lookAlike("LF.CR", "\n.\r"),
        lookAlike("CR.LF", "\r.\n"),
        lookAlike("CRLF.CRCRLF", "\r\n.\r\r\n"),
        lookAlike("CRCRLF.CRCRLF", "\r\r\n.\r\r\n"),
        lookAlike("CRLF.CRCR", "\r\n.\r\r"),
        lookAlike("LFLF.LFLF", "\n\n.\n\n"),
        lookAlike("LFCR.LFCR", "\n\r.\n\r"),
        lookAlike("CRLF.NULCRLF", "\r\n.\0\r\n"),
        lookAlike("CRLFNUL.CRLF", "\r\n\0.\r\n"),
        lookAlike("CRNULLF.CRLF", "\r\0\n.\r\n"),
        lookAlike("CRLF.CRNULLF", "\r\n.\r\0\n"),
        lookAlike("NULLF.LF", "\0\n.\n"),
        lookAlike("CRLF..LF", "\r\n..\n"),
        lookAlike("LF..CRLF", "\n..\r\n"),
        lookAlike("dot, then LF in the middle of the next line", "\r\n.x\n.\r\n"));
  }

  private static Case lookAlike(String name, String end) {
    return Case.data(name, HEADER + "text" + end + SMUGGLED + END, "550 221", NO_MESSAGE);
  }

  /** Legal text that looks a little like an end. */
  static Stream<Case> legal() {
    return Stream.of(
        text("CRLF..CRLF is a line with a dot", "\r\n..\r\n", "\r\n.\r\n"),
        text("two stuffed lines", "\r\n..\r\n..\r\n", "\r\n.\r\n.\r\n"),
        text("CRLF...CRLF", "\r\n...\r\n", "\r\n..\r\n"),
        text("CRLF. CRLF: the dot goes, the blank stays", "\r\n. \r\n", "\r\n \r\n"),
        text("CRLF.TAB", "\r\n.\t\r\n", "\r\n\t\r\n"),
        text("a dot that was not stuffed", "\r\n.x\r\n", "\r\nx\r\n"),
        text("a dot at the end of a line", "x.\r\n", "x.\r\n"),
        text("empty lines before the end", "\r\n\r\n\r\n", "\r\n\r\n\r\n"),
        text("dot, blank, dot", "\r\n.. .\r\n", "\r\n. .\r\n"),
        text("a line that is all dots", "\r\n........\r\n", "\r\n.......\r\n"));
  }

  private static Case text(String name, String sent, String got) {
    return Case.data(
        name,
        HEADER + "text" + sent + SMUGGLED + END,
        "250 221",
        new One("text" + got + SMUGGLED + "\r\n"));
  }

  static Stream<Case> edges() {
    return Stream.of(
        Case.data("nothing but the end", ".\r\n", "(250|5\\d\\d) 221", new Case.AtMostOne()),
        Case.data("CRLF and the end", END, "(250|5\\d\\d) 221", new Case.AtMostOne()),
        Case.data("a header alone", "Subject: x" + END, "250 221", new One("\r\n")),
        Case.data("a CR before the end", HEADER + "text\r" + END, "550 221", NO_MESSAGE),
        Case.data("an LF before the end", HEADER + "text\n" + END, "550 221", NO_MESSAGE),
        Case.data("CR as the first octet", "\r" + HEADER + "text" + END, "550 221", NO_MESSAGE),
        Case.data("LF as the first octet", "\n" + HEADER + "text" + END, "550 221", NO_MESSAGE),
        Case.data("NUL as the first octet", "\0" + HEADER + "text" + END, "550 221", NO_MESSAGE),
        Case.data("bare LF in a field", "Subject: a\nb\r\n\r\ntext" + END, "550 221", NO_MESSAGE),
        Case.data("bare CR in a field", "Subject: a\rb\r\n\r\ntext" + END, "550 221", NO_MESSAGE),
        Case.data("NUL in a field", "Subject: a\0b\r\n\r\ntext" + END, "550 221", NO_MESSAGE),
        Case.data("header ends with LFLF", "Subject: a\n\ntext" + END, "550 221", NO_MESSAGE),
        Case.data("bare LF in the body", HEADER + "one\ntwo" + END, "550 221", NO_MESSAGE),
        Case.data("bare CR in the body", HEADER + "one\rtwo" + END, "550 221", NO_MESSAGE),
        Case.data("CRCRLF in the body", HEADER + "one\r\r\ntwo" + END, "550 221", NO_MESSAGE),
        Case.data("LFCR in the body", HEADER + "one\n\rtwo" + END, "550 221", NO_MESSAGE),
        Case.data("NUL in the body", HEADER + "one\0two" + END, "550 221", NO_MESSAGE),
        Case.data("all LF", "Subject: a\n\none\ntwo\n" + END, "550 221", NO_MESSAGE),
        Case.data(
            "octets above 127",
            HEADER + "gr\u00fc\u00dfe" + END,
            "250 221",
            new One("gr\u00fc\u00dfe\r\n")),
        Case.data(
            "other controls",
            HEADER + "a\u0001\u001a\u007f\u000bb" + END,
            "250 221",
            new One("a\u0001\u001a\u007f\u000bb\r\n")));
  }

  /** The end is a real one: what follows are commands, as pipelining wants it. */
  static Stream<Case> realEnds() {
    String second = "MAIL FROM:<>\r\nRSET\r\n";
    return Stream.of(
        followed(
            "commands behind the real end are commands",
            HEADER + "text" + END + second,
            "250",
            new One("text\r\n")),
        followed(
            "the same behind a message that was refused",
            HEADER + "te\nxt" + END + second,
            "550",
            NO_MESSAGE));
  }

  private static Case followed(String name, String octets, String reply, Case.Expected hop) {
    return new Case(
        name,
        List.of(new Step(Case.ENVELOPE + "DATA\r\n", 3), new Step(octets + "QUIT\r\n", 0)),
        "250 250 354 " + reply + " 250 250 221",
        hop,
        1);
  }

  /** DATA is the last of a group (RFC 2920 §3.1): who does not wait might be somebody's HTTP. */
  @Test
  void aMessageThatDoesNotWaitForTheAnswerToDataIsRefused() {
    Matrix.run(
        gateway,
        new Case(
            "a message behind DATA in one packet",
            List.of(new Step(Case.ENVELOPE + "DATA\r\n" + HEADER + "text" + END, 0)),
            "250 250 554",
            NO_MESSAGE,
            -1));
  }

  @ParameterizedTest
  @MethodSource("lookAlikes")
  void nothingBehindALookAlikeIsACommand(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("legal")
  void textThatIsLegalArrivesAsItIs(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("edges")
  void bareLineEndsAndNulAreRefusedWhereverTheyStand(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("realEnds")
  void commandsMayFollowARealEnd(Case row) {
    Matrix.run(gateway, row);
  }
}
