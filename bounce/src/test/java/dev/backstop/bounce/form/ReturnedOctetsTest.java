package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The returned header keeps the octets that were signed, wherever it stands. */
class ReturnedOctetsTest {
  /** A character for each octet: the Subject is Latin-1, the comment in To is UTF-8. */
  private static final String HEADER =
      """
      Received: from a.example (a.example [192.0.2.1])
      \tby mx.example.net; Sun, 1 Mar 2026 12:00:00 +0000
      DKIM-Signature: v=1; a=rsa-sha256;  d=ours.example; s=k;
       h=From:To; bh=AAAA;
      \tb=BBBB
      From: anna@ours.example
      To: bob@far.example (B\u00c3\u00b6b)
      Subject: Gr\u00fc\u00dfe \u00a0  an
         alle
      Date: Sun, 1 Mar 2026 11:59:00 +0000
      Message-ID: <1@ours.example>
      """;

  private static final String TEXT =
      """
      From: MAILER-DAEMON@far.example
      To: anna@ours.example
      Subject: failure notice

      Hi. This is the qmail-send program at far.example.
      I'm afraid I wasn't able to deliver your message to the following addresses.

      <bob@far.example>:
      Sorry, no mailbox here by that name. (#5.1.1)

      """;

  private static String report(String type, String encoding, String part) {
    return """
    From: MAILER-DAEMON@far.example
    Subject: Undelivered Mail
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary=b

    --b

    It failed.
    --b
    Content-Type: message/delivery-status

    Reporting-MTA: dns; far.example

    Final-Recipient: rfc822; bob@far.example
    Action: failed
    Status: 5.1.1

    --b
    Content-Type: %s
    Content-Transfer-Encoding: %s

    %s
    --b--
    """
        .formatted(type, encoding, part);
  }

  private static @Nullable Header header(String message) {
    byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
    return MessageReader.read(bytes).returned().header();
  }

  private static String octets(String message) {
    Header header = Objects.requireNonNull(header(message), "a header came back");
    return header.fields().stream().map(ReturnedOctetsTest::line).collect(Collectors.joining());
  }

  private static String line(HeaderField field) {
    return field.name() + ":" + new String(field.value(), StandardCharsets.ISO_8859_1) + "\n";
  }

  @Test
  void aReturnedMessageIsAsItCame() {
    String crlf = HEADER.replace("\n", "\r\n");
    assertThat(octets(report("message/rfc822", "8bit", HEADER + "\nHello\n"))).isEqualTo(HEADER);
    assertThat(octets(report("message/global", "8bit", crlf + "\r\nHello\r\n")).replace("\r", ""))
        .isEqualTo(HEADER);
    assertThat(octets(report("text/rfc822-headers", "8bit", HEADER))).isEqualTo(HEADER);
  }

  @Test
  void theTransferEncodingIsTakenOff() {
    String base64 =
        Base64.getMimeEncoder().encodeToString(HEADER.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(octets(report("text/rfc822-headers", "base64", base64))).isEqualTo(HEADER);
    String quoted =
        HEADER
            .replace("=", "=3D")
            .replace("\u00fc", "=FC")
            .replace("\u00df", "=\nDF".replace("=\n", "=\n=")) // a soft break on the way
            .replace("\u00a0", "=A0")
            .replace("\u00c3\u00b6", "=C3=B6");
    assertThat(octets(report("message/rfc822", "quoted-printable", quoted))).isEqualTo(HEADER);
  }

  @Test
  void insideTextNoCharsetChangesIt() {
    String copy = "--- Below this line is a copy of the message.\n\n" + HEADER + "\nHello\n";
    assertThat(octets(TEXT + copy)).isEqualTo(HEADER);
    String crlf = (TEXT + copy).replace("\n", "\r\n");
    assertThat(octets(crlf)).as("folds end as all lines of a text do").isEqualTo(HEADER);
    for (String charset : new String[] {"utf-8", "iso-8859-15", "koi8-r", "gb2312"}) {
      String type = "Content-Type: text/plain; charset=" + charset + "\nSubject: failure";
      assertThat(octets(TEXT.replace("Subject: failure", type) + copy))
          .as(charset)
          .isEqualTo(HEADER);
    }
  }

  @Test
  void indentationAndQuoteMarksAreTakenOff() {
    String indented = HEADER.replaceAll("(?m)^", "    ");
    assertThat(octets(TEXT + "--- copy ---\n\n" + indented)).isEqualTo(HEADER);
    String ascii = HEADER.replaceAll("[^\\x00-\\x7f]", "?");
    String quoted = ascii.replaceAll("(?m)^", "> ").replaceAll("> $", "");
    assertThat(octets(TEXT + "You wrote:\n" + quoted + "> \n> Hello\n")).isEqualTo(ascii);
    assertThat(octets(report("text/plain", "8bit", quoted + "> \n> Hello\n")))
        .as("quoted in a part of its own")
        .isEqualTo(ascii);
  }

  /** A relay that strips lines takes the folds with it; readers may skip what a signature needs. */
  @Test
  void lostFoldsAreMended() {
    String stripped =
        HEADER.replace("\n\tby mx", "\nby mx").replace("\n   alle", "\nalle").replace("\t", " ");
    assertThat(octets(report("message/rfc822", "8bit", stripped + "\nHello\n")).replace("\r", ""))
        .isEqualTo(
            HEADER
                .replace("\n\tby mx", "\n by mx")
                .replace("\n   alle", "\n alle")
                .replace("\t", " "));
  }

  @Test
  void nothingCameBack() {
    assertThat(header(TEXT)).isNull();
    assertThat(header("From: anna@ours.example\nSubject: Lunch\n\n" + HEADER)).isNull();
  }
}
