package dev.backstop.bounce.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.message.Cut;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages made to hurt: the answer comes, says what was cut, and still tells what there is. */
class HostileMessageTest {
  private static final String HEADER =
      "From: MAILER-DAEMON@mx.example.net\nTo: alice@example.org\nSubject: Undelivered Mail\n";
  private static final String REPORT =
      """
      --b
      Content-Type: text/plain

      Your message could not be delivered.
      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: rfc822; nobody@example.net
      Action: failed
      Status: 5.1.1

      """;
  private static final String MULTIPART =
      HEADER + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n";

  @Test
  void fiftyMegabytesBehindTheReport() {
    AutomaticMail mail =
        read(
            MULTIPART
                + REPORT
                + "--b\nContent-Type: message/rfc822\n\nMessage-ID: <1@example.org>\n\n"
                + "x".repeat(50 << 20));
    assertThat(mail.form()).isEqualTo(Form.BOUNCE);
    assertThat(mail.returned().messageId()).isEqualTo("<1@example.org>");
    assertThat(mail.cuts()).isSubsetOf(Cut.BODY);
  }

  @Test
  void theReportIsBehindFiftyMegabytes() {
    AutomaticMail mail =
        read(
            MULTIPART
                + "--b\nContent-Type: text/plain\n\n"
                + "Your message could not be delivered.\n".repeat(1_400_000)
                + REPORT);
    assertThat(mail.cuts()).contains(Cut.BODY);
  }

  @Test
  void aMillionFields() {
    AutomaticMail mail =
        read(HEADER + "X-Filler: y\n".repeat(1_000_000) + "\nfailed: nobody@example.net\n550 no\n");
    assertThat(mail.cuts()).containsExactly(Cut.HEADER);
    assertThat(mail.form()).isEqualTo(Form.BOUNCE);
  }

  @Test
  void tenThousandPartsInsideEachOther() {
    var text = new StringBuilder(HEADER + "Content-Type: multipart/mixed; boundary=b0\n\n");
    for (int i = 1; i <= 10_000; i++) {
      text.append("--b").append(i - 1).append("\nContent-Type: multipart/mixed; boundary=b");
      text.append(i).append("\n\n");
    }
    assertThat(read(text.toString()).cuts()).contains(Cut.DEPTH);
  }

  @Test
  void tenThousandParts() {
    AutomaticMail mail = read(MULTIPART + "--b\nX: y\n\nz\n".repeat(10_000) + REPORT);
    assertThat(mail.cuts()).contains(Cut.PARTS);
  }

  @Test
  void everyPartIsItsOwnParent() {
    String self = "--b\nContent-Type: multipart/report; boundary=b\n\n";
    assertThat(read(MULTIPART + self.repeat(1_000) + REPORT).cuts()).isSubsetOf(Cut.values());
  }

  @Test
  void tenThousandRecipients() {
    var report = new StringBuilder(MULTIPART).append(REPORT);
    for (int i = 0; i < 10_000; i++) {
      report.append("Final-Recipient: rfc822; u").append(i).append("@x.example\n");
      report.append("Action: failed\nStatus: 5.1.1\n\n");
    }
    AutomaticMail mail = read(report.append("--b--\n").toString());
    assertThat(mail.recipients()).hasSizeBetween(500, 1_000);
    assertThat(mail.cuts()).contains(Cut.PART);
  }

  @Test
  void oneLineWithoutEnd() {
    assertThat(read(HEADER + "\n" + "550 nobody@example.net ".repeat(2_000_000)).form())
        .isEqualTo(Form.BOUNCE);
  }

  @Test
  void zeroOctetsEverywhere() {
    String text = MULTIPART + REPORT;
    AutomaticMail mail = read(text.replace("e", "e\0"));
    assertThat(mail.form()).isNotNull();
    assertThat(read("\0".repeat(1_000_000)).form()).isEqualTo(Form.ORDINARY);
  }

  @Test
  void aCharsetThatIsNotWhatItSays() {
    for (String charset : Set.of("utf-16", "utf-7", "iso-2022-jp", "x-none", "utf-32", "ibm037")) {
      AutomaticMail mail =
          read(MULTIPART + REPORT.replace("text/plain", "text/plain; charset=" + charset));
      assertThat(mail.form()).as(charset).isEqualTo(Form.BOUNCE);
      assertThat(mail.recipients()).as(charset).hasSize(1);
    }
  }

  /** What makes careless patterns backtrack: long runs of what nearly fits. */
  @Test
  void runsThatNearlyFit() {
    for (String run :
        new String[] {"5.", "550-", "<a@", "a@b.", "host ", "(((", "1.2.3.", "::", "=?"}) {
      String text = HEADER + "\nmail could not be delivered: " + run.repeat(300_000);
      assertThat(read(text).cuts()).isSubsetOf(Cut.values());
      assertThat(read("Received: from " + run.repeat(100_000) + "\n" + text).form()).isNotNull();
    }
  }

  private static AutomaticMail read(String text) {
    return MessageReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
