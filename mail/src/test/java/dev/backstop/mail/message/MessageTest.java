package dev.backstop.mail.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r"})
  void lineEndsOfAllKinds(String end) {
    RawMessage message =
        split("From: a\nSubject: one\n\ttwo\nX-Empty:\n\nbody\n".replace("\n", end));
    assertThat(message.header())
        .extracting(HeaderField::name)
        .containsExactly("From", "Subject", "X-Empty");
    assertThat(message.header().get(1).text()).isEqualTo("one\ttwo");
    assertThat(new String(message.header().get(1).value(), ISO_8859_1))
        .isEqualTo(" one" + end + "\ttwo");
    assertThat(body(message)).startsWith("body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "From x@y Mon Sep 20 19:29:27 2021\nA: 1\nB: 2\n\nbody",
        ">From x@y Mon\nA: 1\nB: 2\n\nbody",
        "\u00ef\u00bb\u00bfA: 1\nB: 2\n\nbody",
        "\n\nA: 1\nB: 2\n\nbody",
        "A: 1\nB : 2\n\nbody",
        "A: 1\nB: 2\nbody", // the empty line is missing
      })
  void oddBeginnings(String text) {
    RawMessage message = split(text);
    assertThat(message.header()).extracting(HeaderField::name).containsExactly("A", "B");
    assertThat(body(message)).isEqualTo("body");
  }

  @Test
  void nothingIsRefused() {
    assertThat(split("").header()).isEmpty();
    assertThat(body(split("no header at all"))).isEqualTo("no header at all");
    assertThat(split("A: 1").header()).hasSize(1);
    assertThat(split("A: 1\n".repeat(5000)).header()).hasSize(MessageSplitter.MAX_FIELDS);
  }

  @Test
  void theBodyBeginsAfterAHeaderThatIsTooLong() {
    RawMessage many = split("A: 1\n".repeat(1_000_000) + "\nbody");
    assertThat(many.header()).hasSize(MessageSplitter.MAX_FIELDS);
    assertThat(many.cuts()).containsExactly(Cut.HEADER);
    assertThat(body(many)).isEqualTo("body");
    String line = "x".repeat(MessageSplitter.MAX_HEADER);
    RawMessage big = split("A: 1\nB: " + line + "\nC: 3\n\nbody");
    assertThat(big.header()).extracting(HeaderField::name).containsExactly("A");
    assertThat(big.cuts()).containsExactly(Cut.HEADER);
    assertThat(body(big)).isEqualTo("body");
    assertThat(split("A: 1\n\n" + line).cuts()).isEmpty();
    byte[] bytes = ("A: " + line + "\n\n").getBytes(ISO_8859_1);
    assertThat(MessageSplitter.split(bytes, bytes.length, true).cuts())
        .containsExactlyInAnyOrder(Cut.HEADER, Cut.MESSAGE);
  }

  /** RFC 5322 §4.5: it is the author's field and no line of an mbox file. */
  @Test
  void blanksBeforeTheColonOfFrom() {
    assertThat(split("From : a@b.example\nA: 1\n\nbody").header())
        .extracting(HeaderField::name)
        .containsExactly("From", "A");
    assertThat(split("From a@b.example Sat Nov 28\nA: 1\n\nbody").header())
        .extracting(HeaderField::name)
        .containsExactly("A");
  }

  @Test
  void aLineOfSixtyFourMegabytes() {
    String line = "x".repeat(64 << 20);
    assertThat(split("A: " + line).header()).isEmpty();
    assertThat(split(line).body().length()).isEqualTo(line.length());
  }

  @Test
  void returnedHeadersMayHaveLostTheirFolds() {
    byte[] bytes = "A: 1;\nlost fold\nB: 2\n\nC: 3\n".getBytes(ISO_8859_1);
    assertThat(MessageSplitter.header(bytes, bytes.length).fields())
        .extracting(HeaderField::name)
        .containsExactly("A", "B");
    assertThat(MessageSplitter.returned(bytes, 0, bytes.length).hasBody()).isTrue();
  }

  @Test
  void walksPartsInOrderWithoutOpeningMessages() {
    List<Part> parts =
        parts(
            "multipart/mixed; boundary=x",
            """
            preamble
            --x
            Content-Type: multipart/alternative; boundary=y

            --y
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Gr=FC=DFe
            --y
            Content-Type: text/html
            Content-Transfer-Encoding: base64

            PGI+
            --y--
            --x
            Content-Type: message/rfc822
            Content-Disposition: ATTACHMENT; filename=a.eml

            Content-Type: multipart/mixed; boundary=z

            --z

            inner
            --z--
            --x--
            epilogue
            """);
    assertThat(parts)
        .extracting(p -> p.type().mediaType())
        .containsExactly("text/plain", "text/html", "message/rfc822");
    assertThat(parts.get(0).text()).isEqualTo("Grüße");
    assertThat(parts.get(1).text()).isEqualTo("<b>");
    assertThat(parts.get(2).disposition()).isEqualTo("attachment");
    assertThat(parts.get(2).text()).contains("inner");
  }

  @Test
  void aLostBoundaryIsGuessed() {
    String inner = "boundary=\"y\"\n\n--y\nContent-Type: text/plain\n\ninner\n--y--\n";
    List<Part> parts =
        parts(
            "multipart/mixed; boundary=x",
            "--x\nContent-Type: multipart/alternative;\n" + inner + "--x--\n");
    assertThat(parts).hasSize(1);
    assertThat(parts.getFirst().text()).isEqualTo("inner");
    assertThat(parts("multipart/mixed", "--q\n\nplain\n--q--\n").getFirst().text())
        .isEqualTo("plain");
  }

  @Test
  void depthAndNumberOfPartsAreBounded() {
    var deep = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      deep.append("--b")
          .append(i)
          .append("\nContent-Type: multipart/mixed; boundary=b")
          .append(i + 1)
          .append("\n\n");
    }
    assertThat(parts("multipart/mixed; boundary=b0", deep + "x")).isEmpty();
    assertThat(parts("multipart/mixed; boundary=x", "--x\n\na\n".repeat(500)))
        .hasSizeLessThanOrEqualTo(100);
    assertThat(parts("multipart/mixed; boundary=" + "x".repeat(1000), "--x\n\na\n"))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void theVisitorEndsTheWalk() {
    var seen = new ArrayList<Part>();
    var body = "--x\n\na\n--x\n\nb\n--x--\n".getBytes(ISO_8859_1);
    MimeWalk.walk(
        ContentType.parse("multipart/mixed; boundary=x"),
        "",
        new RawMessage.Body(body, body.length),
        p -> !seen.add(p));
    assertThat(seen).hasSize(1);
  }

  @Test
  void mboxMessageAfterMessage() throws IOException {
    String mbox =
        """
        From a@x Mon Sep 20 19:29:27 2021
        Subject: 1

        Text that begins a paragraph:

        From now on it is text.
        >From quoted

        From b@x  Tue Sep 21 19:29:27 2021
        Subject: 2

        two
        """;
    List<RawMessage> messages = mbox(mbox, 1000);
    assertThat(messages)
        .extracting(m -> new Header(m.header()).text("Subject"))
        .containsExactly("1", "2");
    assertThat(body(messages.get(0))).contains("From now on", ">From quoted");
    assertThat(mbox(mbox.replace("\n", "\r\n"), 1000)).hasSize(2);
    assertThat(mbox("", 1000)).isEmpty();
  }

  @Test
  void mboxIsBoundedByOneMessage() throws IOException {
    String big =
        "From a@x Mon Sep 20 19:29:27 2021\nSubject: big\n\n" + "x".repeat(300_000) + "\n\n";
    List<RawMessage> messages = mbox(big.repeat(3), 1000);
    assertThat(messages).hasSize(3).allMatch(RawMessage::truncated);
    assertThat(messages).allMatch(m -> m.body().length() < 1000);
  }

  private static List<RawMessage> mbox(String text, int bound) throws IOException {
    var reader = new MboxReader(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), bound);
    var messages = new ArrayList<RawMessage>();
    for (RawMessage message = reader.next(); message != null; message = reader.next()) {
      messages.add(message);
    }
    return messages;
  }

  private static RawMessage split(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return MessageSplitter.split(bytes, bytes.length, false);
  }

  private static String body(RawMessage message) {
    return new String(message.body().bytes(), 0, message.body().length(), ISO_8859_1);
  }

  private static List<Part> parts(String type, String text) {
    var parts = new ArrayList<Part>();
    byte[] bytes = text.getBytes(ISO_8859_1);
    MimeWalk.walk(
        ContentType.parse(type), "", new RawMessage.Body(bytes, bytes.length), parts::add);
    return parts;
  }
}
