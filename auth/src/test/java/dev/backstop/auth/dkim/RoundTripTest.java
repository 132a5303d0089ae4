package dev.backstop.auth.dkim;

import static dev.backstop.auth.dkim.TestMail.NOW;
import static dev.backstop.auth.dkim.TestMail.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many messages signed and verified. */
class RoundTripTest {
  private static final DnsKeys DNS = new DnsKeys(TestKeys.zone());
  private static final DkimVerifier VERIFIER = new DkimVerifier(Limits.DEFAULT);
  private static final DkimSigner SIGNER =
      new DkimSigner(List.of(TestKeys.RSA, TestKeys.ED25519), Optional.empty());
  private static final DkimSigner FAST =
      new DkimSigner(List.of(TestKeys.SMALL_RSA), Optional.empty());

  private final Random random = new Random(2026);

  private TestMail mail() {
    List<HeaderField> fields = new ArrayList<>();
    fields.add(field("From", text(" <joe@example.com>", " \t", 12)));
    for (String name :
        List.of("To", "Subject", "Date", "Message-ID", "Received", "List-Id", "Content-Type")) {
      for (int i = random.nextInt(3); i > 0; i--) {
        fields.add(random.nextInt(fields.size() + 1), field(name, folded()));
      }
    }
    return new TestMail(fields, TestMail.bytes(text("ab.\u00ff", " \t\r\n\r\n\n", 60)));
  }

  private String folded() {
    return text("xyz\u00e9", " \t", 10)
        + (random.nextBoolean() ? "\r\n" + text("v", " \t", 5) : "");
  }

  private String text(String letters, String blanks, int bound) {
    var text = new StringBuilder(" ");
    for (int i = random.nextInt(bound); i > 0; i--) {
      String from = random.nextInt(3) == 0 ? blanks : letters;
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }

  private static TestMail sign(DkimSigner signer, TestMail mail, int cut) {
    DkimSigning signing = signer.begin(mail.header());
    signing.body(mail.body(), 0, cut);
    signing.body(mail.body(), cut, mail.body().length - cut);
    return switch (signing.finish(NOW)) {
      case SigningResult.Signed signed ->
          mail.withOnTop(signed.fields().toArray(HeaderField[]::new));
      case SigningResult.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  private static List<DkimOutcome> verify(TestMail mail, int cut) {
    DkimVerification verification = VERIFIER.begin(mail.header());
    verification.body(mail.body(), 0, cut);
    verification.body(mail.body(), cut, mail.body().length - cut);
    return verification.finish(DNS, NOW);
  }

  @Test
  void whatIsSignedVerifiesHoweverItIsCut() {
    for (int round = 0; round < 12; round++) {
      TestMail mail = mail();
      for (int cut = 0; cut <= mail.body().length; cut += 9) {
        TestMail signed = sign(SIGNER, mail, cut);
        assertThat(verify(signed, mail.body().length - cut))
            .hasSize(2)
            .allMatch(DkimOutcome::passed);
      }
      TestMail signed = sign(FAST, mail, 0);
      for (int cut = 0; cut <= mail.body().length; cut++) {
        assertThat(verify(signed, cut)).hasSize(1).allMatch(DkimOutcome::passed);
      }
    }
  }

  /** Through a file and the splitter. */
  @Test
  void whatIsSignedVerifiesAfterBeingWrittenAndRead() {
    for (int round = 0; round < 200; round++) {
      String body = text("ab.\u00ff", " \t\n\n", 60).replace("\n", "\r\n");
      TestMail signed = sign(FAST, mail().withBody(body), 0);
      assertThat(verify(TestMail.of(signed.text()), 0)).hasSize(1).allMatch(DkimOutcome::passed);
      assertThat(verify(TestMail.of(signed.text().replace("\r\n", "\n")), 0))
          .allMatch(DkimOutcome::passed);
    }
  }

  @Test
  void theHeaderHoldsWithoutTheBodyUntilASignedFieldChanges() {
    for (int round = 0; round < 100; round++) {
      TestMail signed = sign(FAST, mail(), 0);
      TestMail traced = signed.withOnTop(field("Received", " from b"), field("X-Any", " 1"));
      assertThat(traced.verifyHeader(DNS))
          .hasSize(1)
          .allMatch(HeaderOutcome.Holds.class::isInstance);
      for (int i = 1; i < signed.header().size(); i++) {
        HeaderField old = signed.header().get(i);
        if (!old.nameIs("Received")) {
          List<HeaderField> fields = new ArrayList<>(signed.header());
          fields.set(i, field(old.name(), TestMail.of("A:" + "x\r\n\r\n").text()));
          assertThat(new TestMail(fields, new byte[0]).verifyHeader(DNS))
              .hasSize(1)
              .allMatch(HeaderOutcome.Broken.class::isInstance);
        }
      }
    }
  }

  /** Every octet of the body but blanks counts. */
  @Test
  void aChangedBodyFails() {
    for (int round = 0; round < 60; round++) {
      TestMail signed = sign(FAST, mail(), 0);
      for (int i = 0; i < signed.body().length; i++) {
        byte[] body = signed.body().clone();
        if (body[i] > ' ' || body[i] < 0) {
          body[i] ^= 1;
          assertThat(verify(new TestMail(signed.header(), body), 0))
              .extracting(DkimOutcome::result)
              .containsExactly(DkimResult.FAIL);
        }
      }
    }
  }
}
