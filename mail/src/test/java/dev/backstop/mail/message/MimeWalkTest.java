package dev.backstop.mail.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multiparts as they come, not as RFC 2046 wants them: the parts are found all the same. */
class MimeWalkTest {
  private static final String X = "multipart/mixed; boundary=x";

  /** What is wrong, the Content-Type, the body, and each leaf as {@code type=content}. */
  static Stream<Arguments> defects() {
    return Stream.of(
        // delimiters
        row("no closing delimiter", X, "--x\n\na\n--x\n\nb\n", "plain=a plain=b\n"),
        row("cut in a header", X, "--x\n\na\n--x\nContent-Type: text/html", "plain=a html="),
        row("cut in a delimiter", X, "--x\n\na\n--x", "plain=a"),
        row("blanks after the boundary", X, "--x \t\n\na\n--x-- \nepilogue", "plain=a"),
        row("blanks in the parameter", X + " ", "--x\n\na\n--x--", "plain=a"),
        row("prefix of another", X, "--x\n\na\n--xy\nb\n--x--\n", "plain=a\n--xy\nb"),
        row("quoted lines do not delimit", X, "--x\n\n> --x\n--x--", "plain=> --x"),
        row("no preamble, CRLF before", X, "\r\n--x\r\n\r\na\r\n--x--\r\n", "plain=a"),
        row(
            "parts after the closing one",
            X,
            "--x\n\na\n--x--\nepi\n--x\n\nb\n--x--",
            "plain=a plain=b"),
        row(
            "ends in hyphens",
            "multipart/mixed; boundary=\"x--\"",
            "--x--\n\na\n--x----\n",
            "plain=a"),
        row("mixed line ends", X, "--x\r\n\na\r--x\n\r\nb\n--x--\r", "plain=a plain=b"),
        row("CR only", X, "--x\rContent-Type: text/html\r\ra\r--x--\r", "html=a"),
        row("NULs", X, "\0\n--x\n\n\0a\0\n--x--\n", "plain=\0a\0"),

        // the parameter
        row("missing", "multipart/mixed", "text\n--q\n\na\n--q--\n", "plain=a"),
        row(
            "empty",
            "multipart/mixed; boundary=\"\"",
            "--q\nContent-Type: text/html\n\na\n--q--",
            "html=a"),
        row("wrong", X, "-- \nSig\n--q\nContent-Type: text/html\n\na\n--q--", "html=a"),
        row("another case", X, "--X\nContent-Type: text/html\n\na\n--X--", "html=a"),
        row(
            "specials without quotes",
            "multipart/mixed; boundary=a=b/c?d",
            "--a=b/c?d\n\na\n--a=b/c?d--",
            "plain=a"),
        row(
            "semicolon without quotes",
            "multipart/mixed; boundary=a;b",
            "--a;b\nContent-ID: 1\n\na\n--a;b--",
            "plain=a"),
        row("no closing quote", "multipart/mixed; boundary=\"x", "--x\n\na\n--x--", "plain=a"),
        row("comment", "multipart/mixed (c; d); boundary=x (e)", "--x\n\na\n--x--", "plain=a"),
        row(
            "RFC 2231 pieces",
            "multipart/mixed; boundary*0=a; boundary*1*=%2Fb",
            "--a/b\n\na\n--a/b--",
            "plain=a"),
        row(
            "in UTF-8",
            "multipart/mixed; boundary=\u00fc",
            "--\u00c3\u00bc\n\na\n--\u00c3\u00bc--",
            "plain=a"),
        row("no delimiter at all", X, "just text", "plain=just text"),

        // nested multiparts
        row(
            "inner not closed",
            X,
            nested("y", "--y\n\na\n--y\n\nb\n") + "--x\n\nc\n--x--",
            "plain=a plain=b plain=c"),
        row(
            "inner as outer",
            X,
            nested("x", "--x\n\na\n--x--\n") + "--x\n\nb\n--x--",
            "plain=a plain=b"),
        row(
            "a returned message with the boundary of its report",
            X,
            "--x\n\na\n--x\nContent-Type: message/rfc822\n\nB: 1\n\n--x\n\nc\n--x--\n--x--",
            "plain=a rfc822=B: 1\n plain=c"),
        row("inner nowhere", X, nested("y", "text\n") + "--x\n\nb\n--x--", "plain=text plain=b"),
        row(
            "inner lost its fold",
            X,
            "--x\nContent-Type: multipart/related;\nboundary=y\n\n--y\n\na\n--y--\n--x--",
            "plain=a"),

        // headers of parts
        row("no empty line", X, "--x\nContent-Type: text/html\n<b>a</b>\n--x--", "html=<b>a</b>"),
        row(
            "no header, no empty line",
            X,
            "--x\nHello, this is it\n--x--",
            "plain=Hello, this is it"),
        row("no header, text like a field", X, "--x\nNote: this\n--x--", "plain=Note: this"),
        row(
            "report without empty line",
            X,
            "--x\nContent-Type: message/delivery-status\nReporting-MTA: a\n\nAction: b\n--x--",
            "delivery-status=Reporting-MTA: a\n\nAction: b"),
        row(
            "message without empty line",
            X,
            "--x\nContent-Type: message/rfc822\nReceived: a\n\nb\n--x--",
            "rfc822=Received: a\n\nb"),
        row(
            "blanks instead of an empty line",
            X,
            "--x\nContent-Type: text/html\n \na\n--x--",
            "html=a"),
        row(
            "odd fold",
            X,
            "--x\nContent-Type:\n\ttext/html\n ;\n charset=\n  utf-8\n\na\n--x--",
            "html=a"),
        row(
            "several types",
            X,
            "--x\nContent-Type:\nContent-Type: text/html\nContent-Type: text/plain\n\na\n--x--",
            "html=a"),
        row(
            "fields that mean nothing",
            X,
            "--x\nX-A: b\nContent-Type: text/html\nMIME-Version: 1.0\n\na\n--x--",
            "html=a"),
        row(
            "lost folds of others",
            X,
            "--x\nContent-Type: text/html\nX-A:\n1/;=\nX-B: c;\nd=e\n\na\n--x--",
            "html=a"),
        row("blank before the colon", X, "--x\nContent-Type : text/html\n\na\n--x--", "html=a"),
        row(
            "type without semicolon",
            X,
            "--x\nContent-Type: text/html charset=utf-8\n\na\n--x--",
            "html=a"),
        row(
            "digest",
            "multipart/digest; boundary=x",
            "--x\n\nFrom: a\n\nb\n--x--",
            "rfc822=From: a\n\nb"),

        // transfer encodings
        row(
            "declared but plain",
            X,
            encoded("message/delivery-status", "base64", "Reporting-MTA: dns; mail.example"),
            "delivery-status=Reporting-MTA: dns; mail.example"),
        row(
            "encoded message",
            X,
            encoded("message/rfc822", "BASE64 (c)", "RnJvbTogYQoKYg=="),
            "rfc822=From: a\n\nb"),
        row(
            "encoded report",
            X,
            encoded("message/delivery-status", "\"quoted-printable\"", "Action=3a failed"),
            "delivery-status=Action: failed"));
  }

  private static Arguments row(String name, String type, String body, String leaves) {
    return Arguments.of(name, type, body, leaves);
  }

  private static String nested(String boundary, String inner) {
    return "--x\nContent-Type: multipart/related; boundary=" + boundary + "\n\n" + inner;
  }

  private static String encoded(String type, String encoding, String content) {
    String header = "Content-Type: " + type + "\nContent-Transfer-Encoding: " + encoding;
    return "--x\n" + header + "\n\n" + content + "\n--x--";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void survives(String name, String type, String body, String leaves) {
    assertThat(leaves(type, "", body)).as(name).isEqualTo(leaves);
  }

  /** RFC 2045 §6.4 forbids the encoding of a multipart. */
  @Test
  void aMultipartMayBeEncodedAsAWhole() {
    String base64 = "LS14CgphCi0teC0tCg==";
    assertThat(leaves(X, "base64", base64)).isEqualTo("plain=a");
    assertThat(leaves(X, "quoted-printable", "-=2Dx\n\na=3D\n--=\nx--\n")).isEqualTo("plain=a=");
    assertThat(leaves(X, "base64", "--x\n\na\n--x--")).isEqualTo("plain=a");
    String inner = nested("x", "").replace("\n\n", "\nContent-Transfer-Encoding: base64\n\n");
    assertThat(leaves("multipart/mixed; boundary=o", "", inner.replace("--x\n", "--o\n") + base64))
        .isEqualTo("plain=a");
  }

  @Test
  void aSinglePartIsALeaf() {
    assertThat(leaves("text/html", "base64", "PGI+")).isEqualTo("html=<b>");
    assertThat(leaves("message/rfc822", "", "A: 1\n\nb")).isEqualTo("rfc822=A: 1\n\nb");
    assertThat(leaves("text/plain", "", "")).isEqualTo("plain=");
  }

  @Test
  void aReturnedMessageIsReadThroughItsPart() {
    var seen = new ArrayList<Part>();
    walk("message/rfc822", "base64", "RnJvbTogYQoKYg==", seen);
    assertThat(seen.getFirst().header().text("from")).isEqualTo("a");
    assertThat(seen.getFirst().hasBody()).isTrue();
    walk("text/rfc822-headers", "", "A: 1\nlost fold\nB: 2\n\n", seen);
    assertThat(seen.get(1).header().text("b")).isEqualTo("2");
    assertThat(seen.get(1).hasBody()).isFalse();
  }

  @Test
  void whatIsCutIsSaid() {
    String longText = "a".repeat(MimeWalk.MAX_PART + 1);
    String part = "--x\n\n" + longText + "\n";
    assertThat(cuts(X, "--x\n\na\n--x--")).isEmpty();
    assertThat(cuts("text/plain", longText)).containsExactly(Cut.PART);
    assertThat(cuts("text/plain", longText.substring(1))).isEmpty();
    assertThat(cuts(X, part)).containsExactly(Cut.PART);
    assertThat(cuts(X, part.repeat(9))).containsExactly(Cut.BODY, Cut.PART);
    assertThat(cuts(X, "--x\n\na\n".repeat(10_000))).containsExactly(Cut.PARTS);
    assertThat(cuts(X.replace("x", "b0"), deep(10_000))).containsExactly(Cut.DEPTH);
  }

  @Test
  void whatNobodyReadsIsNotCut() {
    String body = "--x\n\n" + "a".repeat(MimeWalk.MAX_PART + 1) + "\n--x--\n";
    assertThat(walkOver(X, body.getBytes(ISO_8859_1), _ -> true)).isEmpty();
    assertThat(walkOver(X, body.repeat(9).getBytes(ISO_8859_1), _ -> false)).isEmpty();
    assertThat(walkOver(X, body.getBytes(ISO_8859_1), p -> p.text(10).length() == 10)).isEmpty();
  }

  @Test
  void partsBehindOneThatIsTooDeepAreFound() {
    assertThat(leaves("multipart/mixed; boundary=b0", "", deep(20) + "\n--b0\n\nlast"))
        .isEqualTo("plain=last");
  }

  /** Each would take minutes if anything were quadratic. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "--",
        "--x",
        "--x-",
        "-\n",
        "--\n",
        "--x\n",
        "--x--\n",
        "--x\n\n",
        "a",
        "\n",
        "\r",
        "\r\n",
        "\0",
        " ",
        "\t\n ",
        "a:\n",
        "=",
        "= ",
        "=\n",
        "--x\nContent-Type: multipart/a;",
        "--x\nContent-Type: message/rfc822\n",
        "a;\nb=c\n",
        " ;\n"
      })
  void hostileBodies(String unit) {
    byte[] bytes = unit.repeat((4 << 20) / unit.length()).getBytes(ISO_8859_1);
    String[] types = {X, "multipart/mixed", X + "x".repeat(10_000), "multipart/a; boundary=\"--\""};
    for (String type : types) {
      assertThat(walkOver(type, bytes, MimeWalkTest::isRead)).isNotNull();
    }
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    assertThat(message.header().size()).isLessThanOrEqualTo(MessageSplitter.MAX_FIELDS);
  }

  private static boolean isRead(Part part) {
    return part.text().length() + part.header().fields().size() >= 0;
  }

  @Test
  void boundariesOfAnyLength() {
    String boundary = "x".repeat(10_000);
    String body = "--" + boundary + "\n\na\n--" + boundary + "--\n";
    assertThat(leaves("multipart/mixed; boundary=" + boundary, "", body)).isEqualTo("plain=a");
  }

  @Test
  void aBodyOfFiftyMegabytesIsReadToTheBound() {
    byte[] bytes = new byte[50 << 20];
    byte[] start = "--x\n\na\n--x\n\n".getBytes(ISO_8859_1);
    System.arraycopy(start, 0, bytes, 0, start.length);
    assertThat(walkOver(X, bytes, p -> !p.text().isEmpty())).contains(Cut.BODY, Cut.PART);
  }

  private static String deep(int depth) {
    var deep = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      deep.append("--b").append(i).append("\nContent-Type: multipart/mixed; boundary=b");
      deep.append(i + 1).append("\n\n");
    }
    return deep.toString();
  }

  private static Set<Cut> cuts(String type, String body) {
    return walkOver(type, body.getBytes(ISO_8859_1), p -> !p.text().isEmpty());
  }

  private static Set<Cut> walkOver(
      String type, byte[] bytes, java.util.function.Predicate<Part> visitor) {
    var body = new RawMessage.Body(bytes, bytes.length);
    return MimeWalk.walk(ContentType.parse(type), "", body, visitor);
  }

  private static void walk(String type, String encoding, String body, List<Part> seen) {
    byte[] bytes = body.getBytes(ISO_8859_1);
    MimeWalk.walk(
        ContentType.parse(type), encoding, new RawMessage.Body(bytes, bytes.length), seen::add);
  }

  private static String leaves(String type, String encoding, String body) {
    var seen = new ArrayList<Part>();
    walk(type, encoding, body, seen);
    var leaves = new StringBuilder();
    for (Part part : seen) {
      String mediaType = part.type().mediaType();
      leaves.append(leaves.isEmpty() ? "" : " ");
      leaves
          .append(mediaType.substring(mediaType.indexOf('/') + 1))
          .append('=')
          .append(part.text());
    }
    return leaves.toString();
  }
}
