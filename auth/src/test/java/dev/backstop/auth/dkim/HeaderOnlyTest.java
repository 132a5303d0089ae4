package dev.backstop.auth.dkim;

import static dev.backstop.auth.dkim.TestMail.LETTER;
import static dev.backstop.auth.dkim.TestMail.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.testkit.dns.FakeResolver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderOnlyTest {
  private static final TestMail SENT = LETTER.signed(TestKeys.RSA, TestKeys.ED25519);

  private static Header covered(HeaderOutcome outcome) {
    return switch (outcome) {
      case HeaderOutcome.Holds holds -> holds.covered();
      case HeaderOutcome.Broken broken -> throw new AssertionError(broken);
      case HeaderOutcome.Undecided undecided -> throw new AssertionError(undecided);
    };
  }

  /** A bounce brings the header back without the body, with the trace of the way on top. */
  @Test
  void ourMailIsKnownByItsHeader() {
    TestMail returned =
        SENT.withOnTop(field("Received", " from mx.example.com"), field("X-Spam", " no"));
    for (KeySource keys : List.of(TestKeys.own(), new DnsKeys(TestKeys.zone()))) {
      List<HeaderOutcome> outcomes = returned.verifyHeader(keys);
      assertThat(outcomes).hasSize(2);
      for (HeaderOutcome outcome : outcomes) {
        assertThat(covered(outcome).fields()).containsExactlyElementsOf(LETTER.header());
      }
    }
  }

  /** The header as it stands in a report: LF, no empty line after it. */
  @Test
  void aHeaderInsideAReport() {
    byte[] part = TestMail.bytes(SENT.text().replace("\r\n", "\n").split("\n\n", 2)[0]);
    List<HeaderField> fields = MessageSplitter.header(part, part.length).fields();
    assertThat(new DkimVerifier(Limits.DEFAULT).verifyHeader(fields, TestKeys.own()))
        .hasSize(2)
        .allMatch(HeaderOutcome.Holds.class::isInstance);
  }

  /** What a forger adds is not covered, and may not be read as ours. */
  @Test
  void onlyCoveredFieldsAreOurs() {
    TestMail sent =
        LETTER.signed(TestKeys.RSA, " v=1; a=rsa-sha256; d=example.com; s=rsa; h=From:Message-ID");
    TestMail replayed = sent.withOnTop(field("Message-ID", " <forged@example.com>"));
    Header covered = covered(replayed.verifyHeader(TestKeys.own()).getFirst());
    assertThat(covered.texts("Message-ID")).containsExactly("<1@example.com>");
    assertThat(covered.has("Subject")).isFalse();
  }

  @Test
  void aChangedHeaderIsBroken() {
    for (TestMail changed :
        List.of(
            SENT.with("Subject", " Is lunch ready?"),
            SENT.without("Message-ID"),
            SENT.withOnTop(field("To", " someone@example.org")))) {
      assertThat(changed.verifyHeader(TestKeys.own()))
          .hasSize(2)
          .allMatch(HeaderOutcome.Broken.class::isInstance);
    }
  }

  /** Under simple a fold that came back as a blank is enough. */
  @Test
  void simpleDoesNotSurviveNewFolds() {
    TestMail sent =
        LETTER.signed(TestKeys.RSA, " v=1; a=rsa-sha256; d=example.com; s=rsa; h=From:Subject");
    assertThat(sent.verifyHeader(TestKeys.own()).getFirst())
        .isInstanceOf(HeaderOutcome.Holds.class);
    assertThat(sent.with("Subject", " Is dinner ready?").verifyHeader(TestKeys.own()).getFirst())
        .isInstanceOf(HeaderOutcome.Broken.class);
  }

  /** Retired keys are kept after they have left DNS, and those of others are not asked for. */
  @Test
  void keys() {
    DnsName name = TestKeys.RSA.recordName();
    KeyRecord present = KeyRecord.of(Algorithm.RSA_SHA256, TestKeys.OTHER_RSA.publicKey());
    KeyRecord retired = KeyRecord.of(Algorithm.RSA_SHA256, TestKeys.RSA.publicKey());
    TestMail mail = LETTER.signed(TestKeys.RSA);
    assertThat(mail.verifyHeader(new OwnKeys(Map.of(name, List.of(present, retired)))))
        .singleElement()
        .isInstanceOfSatisfying(
            HeaderOutcome.Holds.class, holds -> assertThat(holds.key()).isEqualTo(retired));
    assertThat(mail.verifyHeader(new OwnKeys(Map.of(name, List.of(present)))))
        .singleElement()
        .isInstanceOf(HeaderOutcome.Broken.class);
    assertThat(mail.verifyHeader(new OwnKeys(Map.of())))
        .singleElement()
        .isInstanceOfSatisfying(
            HeaderOutcome.Undecided.class,
            none -> {
              assertThat(none.result()).isEqualTo(DkimResult.PERMERROR);
              assertThat(none.reason()).isEqualTo("not a key of ours");
              assertThat(none.signature()).isPresent();
            });
  }

  @Test
  void aNameServerThatFailsDecidesNothing() {
    var zone = new FakeResolver().timeout("rsa._domainkey.example.com");
    assertThat(LETTER.signed(TestKeys.RSA).verifyHeader(new DnsKeys(zone)))
        .singleElement()
        .isInstanceOfSatisfying(
            HeaderOutcome.Undecided.class,
            none -> assertThat(none.result()).isEqualTo(DkimResult.TEMPERROR));
  }

  /** A bounce comes days later. */
  @Test
  void expiryIsNotJudged() {
    TestMail mail =
        LETTER.signed(TestKeys.RSA, " v=1; a=rsa-sha256; d=example.com; s=rsa; h=From; t=1; x=2");
    assertThat(mail.verifyHeader(TestKeys.own()).getFirst())
        .isInstanceOf(HeaderOutcome.Holds.class);
  }

  @Test
  void nothingToVerify() {
    assertThat(LETTER.verifyHeader(TestKeys.own())).isEmpty();
    assertThat(LETTER.withOnTop(field("DKIM-Signature", "?")).verifyHeader(TestKeys.own()))
        .singleElement()
        .isInstanceOfSatisfying(
            HeaderOutcome.Undecided.class, none -> assertThat(none.signature()).isEmpty());
  }
}
