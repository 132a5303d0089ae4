package dev.backstop.auth.dkim;

import static dev.backstop.auth.dkim.TestMail.LETTER;
import static dev.backstop.auth.dkim.TestMail.NOW;
import static dev.backstop.auth.dkim.TestMail.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DkimSignerTest {

  private static SigningResult sign(TestMail mail, Optional<Duration> lifetime) {
    DkimSigning signing =
        new DkimSigner(List.of(TestKeys.ED25519, TestKeys.RSA), lifetime).begin(mail.header());
    signing.body(mail.body(), 0, mail.body().length);
    return signing.finish(NOW);
  }

  private static List<HeaderField> signed(TestMail mail, Optional<Duration> lifetime) {
    return switch (sign(mail, lifetime)) {
      case SigningResult.Signed signed -> signed.fields();
      case SigningResult.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  private static String value(HeaderField field) {
    return new String(field.value(), StandardCharsets.US_ASCII);
  }

  private static DkimSignature read(HeaderField field) throws DkimSyntaxException {
    return SignatureParser.parse(TagList.parse(field.value()));
  }

  @Test
  void aSignatureForEachKeyOverOneBody() throws Exception {
    List<HeaderField> fields = signed(LETTER, Optional.empty());
    DkimSignature rsa = read(fields.get(0));
    DkimSignature ed = read(fields.get(1));
    assertThat(fields).hasSize(2).allMatch(field -> field.nameIs("DKIM-Signature"));
    assertThat(rsa.algorithm()).contains(Algorithm.RSA_SHA256);
    assertThat(ed.algorithm()).contains(Algorithm.ED25519_SHA256);
    assertThat(ed.bodyHash()).isEqualTo(rsa.bodyHash());
    assertThat(rsa.recordName()).isEqualTo(TestKeys.RSA.recordName());
    assertThat(rsa.headerForm()).isEqualTo(Canonicalization.RELAXED);
    assertThat(rsa.bodyForm()).isEqualTo(Canonicalization.RELAXED);
    assertThat(rsa.signedAt()).contains(NOW);
    assertThat(rsa.expires()).isEmpty();
    assertThat(rsa.bodyLength()).isEmpty();
  }

  @Test
  void aLifetime() throws Exception {
    HeaderField field = signed(LETTER, Optional.of(Duration.ofDays(7))).getFirst();
    assertThat(read(field).expires()).contains(NOW.plus(Duration.ofDays(7)));
  }

  /** RFC 5322 §2.1.1, with a name as long as it can be. */
  @Test
  void linesAreShort() {
    String label = "a".repeat(20);
    SigningKey key =
        new SigningKey(
            DnsName.of(label + "." + label + ".example"),
            "s" + label,
            Algorithm.RSA_SHA256,
            TestKeys.RSA.privateKey(),
            TestKeys.RSA.publicKey());
    TestMail mail = LETTER.withOnTop(field("List-Unsubscribe-Post", " List-Unsubscribe=One-Click"));
    for (SigningKey each : List.of(TestKeys.RSA, TestKeys.ED25519, key)) {
      String value = value(mail.signed(each).header().getFirst());
      String[] lines = ("DKIM-Signature:" + value).split("\r\n", -1);
      assertThat(lines).allSatisfy(line -> assertThat(line.length()).isBetween(2, 76));
      assertThat(lines).allMatch(line -> line.startsWith(" ") || line.startsWith("DKIM"));
      assertThat(value).startsWith(" v=1; ").doesNotEndWith("\r\n").doesNotContain(" ;");
    }
  }

  /** Sealed: once more than it occurs. */
  @Test
  void signedFields() throws Exception {
    TestMail mail =
        TestMail.of(
            """
            Return-Path: <joe@example.com>
            Received: from a
            Authentication-Results: example.com; none
            From: joe@example.com
            To: a@example.net
            To: b@example.net
            Bcc: c@example.net
            Date: Sun, 1 Mar 2026 11:59:00 +0000
            Sender: list@example.com
            Resent-To: d@example.net
            List-Id: <list.example.com>
            List-Unsubscribe: <https://example.com/u>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            X-Any: 1

            text
            """);
    assertThat(read(signed(mail, Optional.empty()).getFirst()).signedFields())
        .containsExactly(
            ("From From To To To Cc Subject Reply-To In-Reply-To References Date Date"
                    + " MIME-Version MIME-Version Auto-Submitted Auto-Submitted Sender Resent-To"
                    + " List-Id List-Unsubscribe List-Unsubscribe-Post")
                .split(" "));
  }

  /** What somebody on the way may add, and what not. */
  @Test
  void additionsOnTheWay() {
    TestMail mail = LETTER.withOnTop(field("List-Id", " <a.example>")).signed(TestKeys.RSA);
    DnsKeys dns = new DnsKeys(TestKeys.zone());
    for (String name :
        List.of("List-Id", "Sender", "Received", "Resent-From", "MIME-Version", "Content-Type")) {
      assertThat(mail.withOnTop(field(name, " x")).outcome(dns).result())
          .as(name)
          .isEqualTo(DkimResult.PASS);
    }
    for (String name :
        List.of(
            "To", "Cc", "Subject", "Reply-To", "In-Reply-To", "References", "Date", "Message-ID")) {
      assertThat(mail.withOnTop(field(name, " x")).outcome(dns).result())
          .as(name)
          .isEqualTo(DkimResult.FAIL);
    }
  }

  @Test
  void refusals() {
    assertThat(sign(LETTER.without("From"), Optional.empty()))
        .isEqualTo(new SigningResult.Refused("no From field"));
    assertThat(sign(LETTER.withOnTop(field("FROM", " eve@example.org")), Optional.empty()))
        .isEqualTo(new SigningResult.Refused("2 From fields"));
    HeaderField[] many = new HeaderField[300];
    Arrays.fill(many, field("List-Id", " <a.example>"));
    assertThat(sign(LETTER.withOnTop(many), Optional.empty()))
        .isEqualTo(new SigningResult.Refused("more fields to sign than verifiers look at"));
    assertThat(sign(LETTER.with("Subject", " " + "a".repeat(200_000)), Optional.empty()))
        .isEqualTo(new SigningResult.Refused("more header to sign than verifiers look at"));
  }

  @Test
  void signersThatCannotBe() {
    assertThatThrownBy(() -> new DkimSigner(List.of(), Optional.empty()))
        .hasMessage("no key to sign with");
    assertThatThrownBy(
            () -> new DkimSigner(List.of(TestKeys.RSA), Optional.of(Duration.ofMillis(999))))
        .hasMessage("a signature must count for a second at least");
  }

  /** Nothing secret in a log. */
  @Test
  void keysAreShownWithoutTheirPrivateHalf() {
    assertThat(TestKeys.RSA).hasToString("SigningKey[rsa._domainkey.example.com rsa-sha256]");
  }
}
