package dev.backstop.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

  /** RFC 3464 appendix E.1 in shape, with folds, types and comments. */
  @Test
  void deliveryStatus() {
    DeliveryStatus status =
        DeliveryStatus.parse(
            """
            Reporting-MTA: dns; cs.utk.example (the reporter)
            Original-Envelope-Id: abc
            X-Postfix-Queue-ID: 1
            Received-From-MTA: smtp; [192.0.2.7]
            Arrival-Date: Thu, 7 Jul 1994 17:15:00 -0400

            Original-Recipient: rfc822;louisl@example.com
            Final-Recipient: RFC822; <louisl@example.org>
            Action: Failed (really)
            Status: 4.0.0 (nothing special)
            Diagnostic-Code: smtp; 426 connection
                timed out
            Remote-MTA: dns; example.org [192.0.2.1]
            Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400

            Final-Recipient: x.400; nobody
            Action: delayed
            Final-Log-ID: 77
            Will-Retry-Until: Fri, 8 Jul 1994
            """);
    assertThat(status.reportingMta()).isEqualTo("cs.utk.example");
    assertThat(status.originalEnvelopeId()).isEqualTo("abc");
    assertThat(status.receivedFromMta()).isEqualTo("[192.0.2.7]");
    assertThat(status.arrivalDate()).isEqualTo("Thu, 7 Jul 1994 17:15:00 -0400");
    assertThat(status.fields()).containsEntry("x-postfix-queue-id", "1");
    assertThat(status.fieldNames()).contains("x-postfix-queue-id");
    assertThat(status.recipients())
        .containsExactly(
            new DeliveryStatus.Recipient(
                "louisl@example.org",
                "louisl@example.com",
                "failed",
                "4.0.0",
                "426 connection timed out",
                "example.org",
                null,
                null),
            new DeliveryStatus.Recipient(
                "nobody", null, "delayed", null, null, null, "77", "Fri, 8 Jul 1994"));
  }

  /** Each recipient as {@code final/original/action/status/diagnostic}, joined by a blank. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // an empty line inside a recipient's fields
        "F: a;;A: failed;S: 5.1.1                       | a/-/failed/5.1.1/-",
        "F: a;A: failed;;S: 5.1.1;;D: x                 | a/-/failed/5.1.1/x",
        "O: b;;F: a;;A: failed                          | a/b/failed/-/-",
        "F: a;;A: failed;;F: c;;A: delayed              | a/-/failed/-/- c/-/delayed/-/-",
        "A: failed;S: 5.1.1;;F: a                       | a/-/failed/5.1.1/-",
        // none between recipients
        "F: a;A: failed;F: c;A: failed                  | a/-/failed/-/- c/-/failed/-/-",
        "O: b;F: a;A: failed;O: d;F: c;A: failed        | a/b/failed/-/- c/d/failed/-/-",
        "F: a;A: failed;O: d;F: c;A: failed             | a/-/failed/-/- c/d/failed/-/-",
        "F: a;O: b;A: failed;F: c;O: d;A: failed        | a/b/failed/-/- c/d/failed/-/-",
        // none after the per-message fields
        "R: m;F: a;A: failed                            | a/-/failed/-/-",
        "R: m;O: b;F: a;A: failed;;F: c                 | a/b/failed/-/- c/-/-/-/-",
        // folds: with tabs, long, and with the blank lost
        "F: a;D: x;\ty;\tz                              | a/-/-/-/x-y-z",
        "F: a;D: smtp; 550-5.1.1 no;550-5.1.1: no;550 x | a/-/-/-/550-5.1.1-no-550-5.1.1:-no-550-x",
        "F: a;D: x;--boundary;Content-Type: y;z         | a/-/-/-/x",
        "F: a;D: smtp; ;x y                             | a/-/-/-/x-y",
        // half of the brackets
        "F: rfc822; a@b>;A: failed                      | a@b/-/failed/-/-",
        // a type is one word
        "F: a;D: 550 no such user; sorry                | a/-/-/-/550-no-such-user;-sorry",
        "F: a;D: 550; sorry                             | a/-/-/-/550;-sorry",
        // actions and blanks
        "F : a;A\t: FAILED (so it is)                   | a/-/failed/-/-",
        "F: a;A: failed; really                         | a/-/failed/-/-",
        "F: a;A: failed(x)                              | a/-/failed/-/-",
        // the header of the returned message glued on
        "F: a;A: failed;;From: b;Status: RO;Subject: c  | a/-/failed/-/-",
      })
  void recipientsHoweverTheyAreWritten(String text, String expected) {
    var found = new StringJoiner(" ");
    DeliveryStatus status = DeliveryStatus.parse(written(text));
    for (DeliveryStatus.Recipient r : status.recipients()) {
      String all =
          String.join(
              "/",
              Stream.of(
                      r.finalRecipient(),
                      r.originalRecipient(),
                      r.action(),
                      r.status(),
                      r.diagnostic())
                  .map(f -> f == null ? "-" : f)
                  .toList());
      found.add(all.replace(' ', '-'));
    }
    assertThat(found.toString()).isEqualTo(expected);
    assertThat(status.fields()).doesNotContainKeys("from", "subject");
  }

  /** A semicolon without a blank after it is a line end. */
  private static String written(String text) {
    return text.replace("\\t", "\t")
        .replaceAll(";(?! )", "\n")
        .replaceAll("(?m)^F( ?:)", "Final-Recipient$1")
        .replaceAll("(?m)^O:", "Original-Recipient:")
        .replaceAll("(?m)^A(\t?:)", "Action$1")
        .replaceAll("(?m)^S:", "Status:")
        .replaceAll("(?m)^D:", "Diagnostic-Code:")
        .replaceAll("(?m)^R:", "Reporting-MTA: dns;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5.1.1                | 5.1.1",
        "5.1.1 (comment)      | 5.1.1",
        "(5.1.1)              | 5.1.1",
        "smtp;550 5.1.1       | 5.1.1",
        "5,1,1                | 5.1.1",
        "5. 1. 1              | 5.1.1",
        "5.1                  | 5.1.0",
        "5                    | 5.0.0",
        "550                  | 5.0.0",
        "4.x.x                | 4.0.0",
        "5.1234.1             | 5.0.0",
        "3.1.1                |",
        "55.1.1               |",
        "none                 |",
      })
  void statusField(String field, String status) {
    assertThat(StatusField.parse(field)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dns;host.example                               | host.example",
        "dns; [192.0.2.1]                               | [192.0.2.1]",
        "DNS; host.example.                             | host.example",
        "host.example (192.0.2.1, the server for a.b)   | host.example",
        "dns; host.example(192.0.2.1)                   | host.example",
        "dns; host.example [192.0.2.1]                  | host.example",
        "dns; <host.example>                            | host.example",
        "smtp; dns; host.example                        | host.example",
        "dns;                                           |",
        "dns; (none)                                    |",
        "dns; ...                                       |",
      })
  void hosts(String field, String host) {
    DeliveryStatus status = DeliveryStatus.parse("Reporting-MTA: " + field + "\nAction: x\n");
    assertThat(status.reportingMta()).isEqualTo(host);
  }

  @Test
  void severalPartsAreOneStatus() {
    DeliveryStatus one = DeliveryStatus.parse("Reporting-MTA: a\n\nFinal-Recipient: b@c\n");
    DeliveryStatus two = DeliveryStatus.parse("X-Id: 1\n\nFinal-Recipient: d@e\n");
    DeliveryStatus both = one.merge(two);
    assertThat(both.reportingMta()).isEqualTo("a");
    assertThat(both.fieldNames()).containsExactly("reporting-mta", "x-id");
    assertThat(both.recipients()).hasSize(2);
    assertThat(both.cut()).isFalse();
    DeliveryStatus many = DeliveryStatus.parse("Final-Recipient: b@c\n".repeat(600));
    assertThat(many.merge(many).recipients()).hasSize(1000);
    assertThat(many.merge(many).cut()).isTrue();
  }

  @Test
  void moreRecipientsThanAreKeptIsSaid() {
    String recipient = "Final-Recipient: b@c\nAction: failed\n\n";
    assertThat(DeliveryStatus.parse(recipient.repeat(1000)).cut()).isFalse();
    DeliveryStatus status = DeliveryStatus.parse(recipient.repeat(1001));
    assertThat(status.cut()).isTrue();
    assertThat(status.recipients()).hasSize(1000);
    assertThat(DeliveryStatus.parse(recipient.repeat(100_000)).cut()).isTrue();
  }

  /** Each would take minutes if anything were quadratic. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "A:",
        "a: \n",
        "Final-Recipient:",
        "Action: x\n",
        " x\n",
        "x\n",
        "\n",
        "\\x{",
        "<",
        "(",
        "\"",
        "5.",
        "; ",
        "smtp;",
        "--",
        "\0"
      })
  void hostileTexts(String unit) {
    String text = unit.repeat((2 << 20) / unit.length());
    assertThat(DeliveryStatus.parse(text)).isNotNull();
    assertThat(DeliveryStatus.parse("Final-Recipient: " + text)).isNotNull();
    assertThat(FeedbackReport.parse("Source-IP: " + text)).isNotNull();
    DispositionNotification.parse("Disposition: " + text);
    EnhancedStatus.find(text);
    EnhancedStatus.replyCode(text);
  }

  @Test
  void recipientsWithoutEmptyLineBetweenThem() {
    String text =
        """
        Reporting-MTA: dns; a
        Final-Recipient: b@c
        Action: failed
        Final-Recipient: d@e
        Action: failed
        """;
    assertThat(DeliveryStatus.parse(text).recipients())
        .extracting(DeliveryStatus.Recipient::finalRecipient)
        .containsExactly("b@c", "d@e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 6533 §3
        "utf-8; j\\x{FC}rgen@example.net | jürgen@example.net",
        "utf-8; \\x{1F600}@example.net   | 😀@example.net",
        // an escape for a line end would begin a new line where the address is shown
        "utf-8; a\\x{A}b@example.net     | a\\x{A}b@example.net",
        "utf-8; a\\x{}\\x{ZZ}@x          | a\\x{}\\x{ZZ}@x",
        // RFC 3461 §4.2: only what xtext has to hide
        "rfc822;user+2Btag@example.net   | user+tag@example.net",
        "rfc822;user+41@example.net      | user+41@example.net",
        // types missing, twice, misspelt; brackets, quotes, comments, blanks
        "a@b                             | a@b",
        "rfc822;<a@b>                    | a@b",
        "RFC822 ; rfc822; a@b            | a@b",
        "rfc/822;a@b                     | a@b",
        "unknown;a@b                     | a@b",
        "x400; /c=us/o=x/                | /c=us/o=x/",
        "rfc822; \"a@b\"                 | a@b",
        "rfc822; 'a@b'                   | a@b",
        "rfc822; \"a b\"@c               | \"a b\"@c",
        "rfc822; \"a@b\"@c               | \"a@b\"@c",
        "rfc822; Alice <a@b>             | a@b",
        "rfc822; a@b (Alice)             | a@b",
        "rfc822; (Alice) a@b             | a@b",
        "rfc822; a@b;                    | a@b",
        "<>                              |",
        "rfc822;                         |",
        ";                               |",
      })
  void recipientsInDisguise(String field, String address) {
    DeliveryStatus status = DeliveryStatus.parse("Original-Recipient: " + field + "\n");
    assertThat(status.recipients().getFirst().originalRecipient()).isEqualTo(address);
  }

  @Test
  void otherTextsAreNoDeliveryStatus() {
    assertThat(DeliveryStatus.parse("").recipients()).isEmpty();
    assertThat(DeliveryStatus.parse("Hello\nworld: x\n\n\n: y\n").recipients()).isEmpty();
    assertThat(DeliveryStatus.parse("Action: failed\n\n".repeat(5000)).recipients())
        .hasSizeLessThanOrEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "5.1.1                           | 5.1.1  | -",
        "550 5.1.1 <a@b>: unknown        | 5.1.1  | 550",
        "550-5.7.26 no                   | 5.7.26 | 550",
        "sorry (#5.1.1 - chkusr)         | 5.1.1  | -",
        "host a[192.0.2.5] said: 552 full| -      | 552",
        "192.5.1.1 and 4.2.1.2           | -      | -",
        "version 15.1.2 of 5.1.2b        | -      | -",
        "1.1.1 3.0.0 6.6.6               | -      | -",
        "5. 5.. 5.1. .1.1                | -      | -",
        "421                             | -      | 421",
        "5500 1550 599x                  | -      | -",
      })
  void codesInText(String text, String status, Integer reply) {
    assertThat(EnhancedStatus.find(text)).isEqualTo(status);
    assertThat(EnhancedStatus.replyCode(text)).isEqualTo(reply);
  }

  /** RFC 8098 §9 in shape. */
  @Test
  void dispositionNotification() {
    assertThat(
            DispositionNotification.parse(
                """
                Reporting-UA: joes-pc.cs.example.com; Foomail 97.1
                Original-Recipient: rfc822;Joe_Recipient@example.com
                Final-Recipient: rfc822;Joe_Recipient@example.com
                Original-Message-ID: <199509192301.23456@example.org>
                Disposition: automatic-action/MDN-sent-automatically; Deleted/error
                """))
        .isEqualTo(
            new DispositionNotification(
                "joes-pc.cs.example.com; Foomail 97.1",
                "Joe_Recipient@example.com",
                "Joe_Recipient@example.com",
                "<199509192301.23456@example.org>",
                "deleted",
                true));
    assertThat(DispositionNotification.parse("Subject: x\n")).isNull();
  }

  /** RFC 5965 appendix B.2 in shape. */
  @Test
  void feedbackReport() {
    assertThat(
            FeedbackReport.parse(
                """
                Feedback-Type: Abuse
                User-Agent: SomeGenerator/1.0
                Version: 1
                Original-Mail-From: <somespammer@example.net>
                Original-Rcpt-To: <user@example.com>
                Source-IP: 192.0.2.1
                """))
        .isEqualTo(
            new FeedbackReport(
                "abuse",
                "SomeGenerator/1.0",
                "somespammer@example.net",
                "user@example.com",
                "192.0.2.1"));
    assertThat(FeedbackReport.parse("").type()).isNull();
  }
}
