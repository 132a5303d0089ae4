package dev.backstop.it.gateway;

import static dev.backstop.it.gateway.Case.MAIL;
import static dev.backstop.it.gateway.Case.NOTHING;
import static dev.backstop.it.gateway.Case.NO_MESSAGE;
import static dev.backstop.it.gateway.Case.commands;
import static dev.backstop.it.gateway.Case.pipelined;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands out of order, without sense, for others, or not even of this protocol. */
class CommandTest extends GatewayTest {
  private static final String FROM = "MAIL FROM:<sender@foreign.test>";
  private static final String TO = "RCPT TO:<user@ours.test>";
  private static final String OTHER = "RCPT TO:<other@ours.test>";
  private static final String NO = "5\\d\\d";

  static Stream<Case> order() {
    return Stream.of(
        commands("RCPT without MAIL", "503 221", NOTHING, TO, "QUIT"),
        commands("DATA without MAIL", "503 221", NOTHING, "DATA", "QUIT"),
        commands("DATA without RCPT", "250 (503|554) 221", NO_MESSAGE, FROM, "DATA", "QUIT"),
        commands(
            "DATA behind refused recipients",
            "250 550 (503|554) 221",
            NO_MESSAGE,
            FROM,
            "RCPT TO:<user@elsewhere.test>",
            "DATA",
            "QUIT"),
        commands("MAIL twice", "250 503 221", NO_MESSAGE, FROM, FROM, "QUIT"),
        commands("RSET ends it", "250 250 250 503 221", NO_MESSAGE, FROM, TO, "RSET", TO, "QUIT"),
        commands(
            "EHLO ends it",
            "250 250 250 503 221",
            NO_MESSAGE,
            FROM,
            TO,
            "EHLO b.test",
            "DATA",
            "QUIT"),
        commands(
            "HELO ends it",
            "250 250 250 503 221",
            NO_MESSAGE,
            FROM,
            TO,
            "HELO b.test",
            "DATA",
            "QUIT"),
        commands("QUIT in a transaction", "250 250 221", NO_MESSAGE, FROM, TO, "QUIT"),
        commands(
            "a second recipient of a bounce",
            "250 250 452 221",
            NO_MESSAGE,
            "MAIL FROM:<>",
            TO,
            OTHER,
            "QUIT"),
        commands(
            "a second recipient of a bounce, the same again",
            "250 250 (250|452) 221",
            NO_MESSAGE,
            "MAIL FROM:<>",
            TO,
            TO,
            "QUIT"),
        commands(
            "two recipients of other mail", "250 250 250 221", NO_MESSAGE, FROM, TO, OTHER, "QUIT"),
        commands(
            "verbs in any case",
            "250 250 221",
            NO_MESSAGE,
            "mail from:<sender@foreign.test>",
            "rCpT tO:<user@ours.test>",
            "quit"));
  }

  static Stream<Case> noSense() {
    return Stream.of(
        commands("EHLO without a name", "501 221", NOTHING, "EHLO", "QUIT"),
        commands("HELO without a name", "501 221", NOTHING, "HELO ", "QUIT"),
        commands("EHLO with NUL", NO + " 221", NOTHING, "EHLO a\0b", "QUIT"),
        commands("EHLO with a CR", NO + " 221", NOTHING, "EHLO a\rb", "QUIT"),
        commands(
            "EHLO of 500 octets",
            "(250|" + NO + ") 221",
            NOTHING,
            "EHLO " + "a".repeat(500),
            "QUIT"),
        commands("EHLO of a literal that is none", "(250|501) 221", NOTHING, "EHLO [[[", "QUIT"),
        commands("an empty line", NO + " 221", NOTHING, "", "QUIT"),
        commands("blanks", "(" + NO + " 221|421)", NOTHING, "    ", "QUIT"),
        commands("a NUL", NO + " 221", NOTHING, "\0", "QUIT"),
        commands("8-bit", "(" + NO + " 221|421)", NOTHING, "\u00fc\u00fc\u00fc\u00fc", "QUIT"),
        commands("an unknown verb", "50[02] 221", NOTHING, "XYZZY", "QUIT"),
        commands("MAIL alone", "501 221", NOTHING, "MAIL", "QUIT"),
        commands("MAIL FROM alone", "501 221", NOTHING, "MAIL FROM:", "QUIT"),
        commands("MAIL TO", NO + " 221", NOTHING, "MAIL TO:<a@foreign.test>", "QUIT"),
        commands("RCPT alone", "250 501 221", NO_MESSAGE, FROM, "RCPT", "QUIT"),
        commands(
            "RCPT FROM", "250 " + NO + " 221", NO_MESSAGE, FROM, "RCPT FROM:<a@ours.test>", "QUIT"),
        commands(
            "DATA with an argument",
            "250 250 " + NO + " 221",
            NO_MESSAGE,
            FROM,
            TO,
            "DATA x",
            "QUIT"),
        commands("RSET with an argument", "(501|250) 221", NOTHING, "RSET x", "QUIT"),
        commands("QUIT with an argument", "(221|501)( 221)?", NOTHING, "QUIT x", "QUIT"),
        commands(
            "two commands with a bare LF between",
            NO + " 503 221",
            NOTHING,
            FROM + "\n" + TO,
            TO,
            "QUIT"),
        commands(
            "two commands with a bare CR between",
            NO + " 503 221",
            NOTHING,
            FROM + "\r" + TO,
            TO,
            "QUIT"),
        commands("a NUL behind a command", NO + " 221", NOTHING, FROM + "\0", "QUIT"),
        pipelined(
            "lines that end with LF", "(" + NO + "|421).*|", NOTHING, FROM + "\n" + TO + "\n"),
        commands("VRFY tells nothing", "(252|502) 221", NOTHING, "VRFY user@ours.test", "QUIT"),
        commands("EXPN tells nothing", "(252|502|500|550) 221", NOTHING, "EXPN list", "QUIT"),
        commands("HELP", "(214|502|500) 221", NOTHING, "HELP", "QUIT"),
        commands("TURN", "50[02] 221", NOTHING, "TURN", "QUIT"),
        commands("ETRN", "50[02] 221", NOTHING, "ETRN ours.test", "QUIT"),
        commands("SEND", NO + " 221", NOTHING, "SEND FROM:<a@foreign.test>", "QUIT"));
  }

  static Stream<Case> believedFromNobody() {
    return Stream.of(
        commands(
            "XCLIENT, then relaying",
            NO + " 250 550 221",
            NO_MESSAGE,
            "XCLIENT ADDR=192.0.2.1",
            FROM,
            "RCPT TO:<user@elsewhere.test>",
            "QUIT"),
        commands(
            "XFORWARD",
            NO + " 250 550 221",
            NO_MESSAGE,
            "XFORWARD ADDR=192.0.2.1",
            FROM,
            "RCPT TO:<user@elsewhere.test>",
            "QUIT"),
        commands(
            "AUTH where it is not offered",
            NO + " 250 550 221",
            NO_MESSAGE,
            "AUTH PLAIN AGEAYg==",
            FROM,
            "RCPT TO:<user@elsewhere.test>",
            "QUIT"),
        commands("AUTH= at MAIL", NO + " 221", NOTHING, FROM + " AUTH=<>", "QUIT"),
        pipelined(
            "a PROXY header behind the greeting",
            "(5\\d\\d|421)?|5\\d\\d 250 550 221",
            NO_MESSAGE,
            "PROXY TCP4 192.0.2.1 192.0.2.2 1 25\r\n"
                + FROM
                + "\r\n"
                + "RCPT TO:<user@elsewhere.test>\r\nQUIT\r\n"));
  }

  static Stream<Case> otherProtocols() {
    String mail = MAIL + "RCPT TO:<user@ours.test>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n";
    String closed = "(" + NO + "|421)?";
    return Stream.of(
        pipelined("GET", closed, NOTHING, "GET / HTTP/1.1\r\nHost: x\r\n\r\n" + mail),
        pipelined("POST", closed, NOTHING, "POST / HTTP/1.1\r\nContent-Length: 99\r\n\r\n" + mail),
        pipelined("PUT", closed, NOTHING, "PUT /x HTTP/1.0\r\n\r\n" + mail),
        pipelined("CONNECT", closed, NOTHING, "CONNECT ours.test:25 HTTP/1.1\r\n\r\n" + mail),
        pipelined("OPTIONS", closed, NOTHING, "OPTIONS * HTTP/1.1\r\n\r\n" + mail),
        pipelined("a form's fields", closed + ".*", NOTHING, "User-Agent: x\r\nHost: x\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("order")
  void theOrderOfCommandsIsKept(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("noSense")
  void whatMakesNoSenseIsRefused(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("believedFromNobody")
  void nobodyMaySayWhoHeIs(Case row) {
    Matrix.run(gateway, row);
  }

  @ParameterizedTest
  @MethodSource("otherProtocols")
  void anotherProtocolIsHungUpOn(Case row) {
    Matrix.run(gateway, row);
  }
}
