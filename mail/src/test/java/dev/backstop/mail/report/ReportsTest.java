package dev.backstop.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            """);
    assertThat(status.reportingMta()).isEqualTo("cs.utk.example");
    assertThat(status.originalEnvelopeId()).isEqualTo("abc");
    assertThat(status.fieldNames()).contains("x-postfix-queue-id");
    assertThat(status.recipients())
        .containsExactly(
            new DeliveryStatus.Recipient(
                "louisl@example.org",
                "louisl@example.com",
                "failed",
                "4.0.0",
                "426 connection timed out",
                "example.org"),
            new DeliveryStatus.Recipient("nobody", null, "delayed", null, null, null));
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
