package dev.backstop.auth.dkim;

import static dev.backstop.auth.dkim.TestMail.LETTER;
import static dev.backstop.auth.dkim.TestMail.NOW;
import static dev.backstop.auth.dkim.TestMail.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.testkit.dns.FakeResolver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimVerifierTest {
  private static final FakeResolver ZONE = TestKeys.zone();
  private static final DnsKeys DNS = new DnsKeys(ZONE);
  private static final String TAGS =
      " v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=rsa; h=From:Subject:Date";

  private static DnsKeys publishing(String record) {
    return new DnsKeys(new FakeResolver().txt("rsa._domainkey.example.com", record));
  }

  @Test
  void aMessageWithoutSignatureHasNoOutcome() {
    assertThat(LETTER.verify(DNS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"})
  void aGoodSignature(String forms) {
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS.replace("relaxed/relaxed", forms));
    DkimOutcome outcome = mail.outcome(DNS);
    assertThat(outcome.result()).isEqualTo(DkimResult.PASS);
    assertThat(outcome.passed()).isTrue();
    assertThat(outcome.keyBits()).isEqualTo(2048);
    assertThat(outcome.weaknesses()).isEmpty();
    assertThat(outcome.unsignedOctets()).isZero();
    assertThat(outcome.testing()).isFalse();
  }

  /** What each canonicalization forgives on the way, and what none does. */
  @ParameterizedTest
  @CsvSource({
    "simple, simple, fail, fail, fail",
    "simple, relaxed, fail, fail, fail",
    "relaxed, simple, pass, fail, fail",
    "relaxed, relaxed, pass, pass, fail",
  })
  void changesOnTheWay(String header, String body, String folded, String trimmed, String other) {
    TestMail mail =
        LETTER.signed(TestKeys.RSA, TAGS.replace("relaxed/relaxed", header + "/" + body));
    TestMail refolded = mail.with("Subject", "  Is\r\n\tdinner ready? ");
    assertThat(refolded.outcome(DNS).result().word()).isEqualTo(folded);
    TestMail stripped = refolded.withBody("Hi.\n\nWe lost the game.\n Joe.\n".replace(" J", "J"));
    assertThat(stripped.outcome(DNS).result().word()).isEqualTo(trimmed);
    assertThat(mail.with("Subject", " Is lunch ready?").outcome(DNS).result().word())
        .isEqualTo(other);
    assertThat(mail.withBody("Hi.\r\n").outcome(DNS).result().word()).isEqualTo(other);
  }

  /** RFC 6376 §3.7: fields that are not signed may come and go. */
  @Test
  void fieldsOnTopDoNotMatter() {
    TestMail mail = LETTER.signed(TestKeys.BOTH.toArray(SigningKey[]::new));
    assertThat(mail.withOnTop(field("Received", " from a"), field("X-Any", " 1")).results(DNS))
        .containsOnly("pass: the signature is good");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=rsa-sha256 | a=rsa-sha1   | policy: rsa-sha1 does not count any more",
        "h=From       | h=To         | permerror: From is not signed",
        "v=1;         | v=1;v=1;     | permerror: tag v= twice",
        "d=example.com| d=example.org| permerror: no key: no such name",
        "s=rsa        | s=ed         | permerror: the key is of another type",
        "s=rsa        | s=other      | fail: the header is not what was signed",
      })
  void signaturesThatDoNotCount(String tag, String instead, String expected) {
    TestMail good = LETTER.signed(TestKeys.RSA, TAGS);
    String value = new String(good.header().getFirst().value(), StandardCharsets.US_ASCII);
    TestMail mail = good.with("DKIM-Signature", value.replace(tag, instead));
    assertThat(mail.results(DNS)).containsExactly(expected);
  }

  /** RFC 6376 §3.5, {@code t=} and {@code x=}, with clocks that differ by up to an hour. */
  @ParameterizedTest
  @CsvSource({
    "x, -3599, pass: the signature is good",
    "x, -3601, policy: expired at 2026-03-01T10:59:59Z",
    "t, 3600, pass: the signature is good",
    "t, 3601, 'policy: signed in the future, at 2026-03-01T13:00:01Z'",
  })
  void times(String tag, long seconds, String expected) {
    String time = "; " + tag + "=" + NOW.plusSeconds(seconds).getEpochSecond();
    assertThat(LETTER.signed(TestKeys.RSA, TAGS + time).results(DNS)).containsExactly(expected);
  }

  /** What the key record says against a signature that is right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DKIM1; p=               | permerror: the key is revoked",
        "v=DKIM1; h=sha1; p=P      | permerror: the key is not for SHA-256",
        "v=DKIM1; s=other; p=P     | permerror: the key is not for mail",
        "v=DKIM1; k=ed25519; p=P   | permerror: an Ed25519 key has 32 octets, not 294",
        "v=spf1 -all               | permerror: no key: other TXT records only",
        "v=DKIM1; t=s; p=P         | permerror: the key is for d= itself, not for domains within",
        "v=DKIM1; t=y; p=P         | pass: the signature is good",
      })
  void keyRecords(String record, String expected) {
    String key = Base64.getEncoder().encodeToString(TestKeys.RSA.publicKey().getEncoded());
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS + "; i=joe@eng.example.com");
    assertThat(mail.results(publishing(record.replace("=P", "=" + key)))).containsExactly(expected);
  }

  @Test
  void aKeyForItsOwnDomainOnlyIsGoodForIt() {
    String record = TestKeys.RSA.record() + "; t=s";
    assertThat(LETTER.signed(TestKeys.RSA, TAGS).results(publishing(record)))
        .containsExactly("pass: the signature is good");
  }

  /** RFC 6376 §6.1.2: a name server that fails is no failure of the signature. */
  @Test
  void whatNameServersSay() {
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS);
    String name = "rsa._domainkey.example.com";
    assertThat(mail.results(new DnsKeys(new FakeResolver().timeout(name))))
        .containsExactly("temperror: no key yet: name server did not answer in time");
    assertThat(mail.results(new DnsKeys(new FakeResolver().serverFailure(name))))
        .containsExactly("temperror: no key yet: name server failure: SERVFAIL");
    assertThat(mail.results(new DnsKeys(new FakeResolver())))
        .containsExactly("permerror: no key: no such name");
    assertThat(mail.results(new DnsKeys(new FakeResolver().address(name, "192.0.2.1"))))
        .containsExactly("permerror: no key: no such record");
  }

  /** RFC 6376 §6.1.2: the key may be any of several records. */
  @Test
  void oneOfSeveralKeysFits() {
    var zone =
        new FakeResolver()
            .txt("rsa._domainkey.example.com", TestKeys.OTHER_RSA.record())
            .txt("rsa._domainkey.example.com", TestKeys.RSA.record());
    assertThat(LETTER.signed(TestKeys.RSA, TAGS).results(new DnsKeys(zone)))
        .containsExactly("pass: the signature is good");
  }

  /** Only who could pass is asked about. */
  @Test
  void nobodyIsAskedAboutSignaturesThatAreDecided() {
    TestMail mail =
        LETTER
            .signed(TestKeys.RSA, TAGS)
            .signed(TestKeys.RSA, TAGS.replace("sha256", "sha1") + "; bh=AAAA")
            .signed(TestKeys.RSA, TAGS + "; x=1")
            .withOnTop(field("DKIM-Signature", " nonsense"))
            .withBody("another");
    FakeResolver zone = TestKeys.zone();
    assertThat(mail.results(new DnsKeys(zone)))
        .containsExactly(
            "permerror: no list of tags name=value",
            "policy: expired at 1970-01-01T00:00:01Z",
            "policy: rsa-sha1 does not count any more",
            "fail: the body is not what was signed");
    assertThat(zone.questions()).isEmpty();
  }

  @Test
  void theNamesOfKeysAreKnownWithTheHeader() {
    TestMail mail = LETTER.signed(TestKeys.RSA, TestKeys.ED25519);
    assertThat(new DkimVerifier(Limits.DEFAULT).begin(mail.header()).keyNames())
        .containsExactly(
            DnsName.of("rsa._domainkey.example.com"), DnsName.of("ed._domainkey.example.com"));
  }

  /** RFC 6376 §8.2: text under the signed part. */
  @Test
  void theSignedBeginningOfABody() {
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS + "; l=5");
    DkimOutcome outcome = mail.outcome(DNS);
    assertThat(outcome.result()).isEqualTo(DkimResult.PASS);
    assertThat(outcome.weaknesses()).containsExactly(Weakness.BODY_LENGTH);
    assertThat(outcome.unsignedOctets()).isEqualTo("\r\nWe lost the game.\r\nJoe.\r\n".length());
    assertThat(mail.withBody("Hi.\r\nBuy!").outcome(DNS).unsignedOctets()).isEqualTo(6);
    assertThat(mail.withBody("Ho.\r\nBuy!").outcome(DNS).result()).isEqualTo(DkimResult.FAIL);
    assertThat(mail.withBody("Hi.").outcome(DNS).unsignedOctets()).isZero();
    assertThat(mail.withBody("").results(DNS))
        .containsExactly("permerror: the body is shorter than l= says");
  }

  /** Several signatures, each with its own canonicalization and length, over one pass. */
  @Test
  void manySignaturesOverOneBody() {
    TestMail mail = LETTER;
    for (String forms : List.of("relaxed/relaxed", "simple/simple", "relaxed/simple")) {
      for (String length : List.of("", "; l=0", "; l=3", "; l=20")) {
        if (mail.header().size() < LETTER.header().size() + 10) {
          mail = mail.signed(TestKeys.RSA, TAGS.replace("relaxed/relaxed", forms) + length);
        }
      }
    }
    assertThat(mail.results(DNS)).hasSize(10).containsOnly("pass: the signature is good");
  }

  @Test
  void weakSignatures() {
    String tags = TAGS.replace("s=rsa", "s=small").replace(":Subject:Date", "");
    TestMail mail =
        LETTER.withOnTop(field("Content-Type", " text/html")).signed(TestKeys.SMALL_RSA, tags);
    assertThat(mail.outcome(DNS).result()).isEqualTo(DkimResult.PASS);
    assertThat(mail.outcome(DNS).weaknesses())
        .containsExactlyInAnyOrder(
            Weakness.SMALL_KEY,
            Weakness.SUBJECT_UNSIGNED,
            Weakness.DATE_UNSIGNED,
            Weakness.CONTENT_TYPE_UNSIGNED);
    DkimOutcome testing =
        LETTER.signed(TestKeys.RSA, TAGS).outcome(publishing(TestKeys.RSA.record() + "; t=y"));
    assertThat(testing.testing()).isTrue();
    assertThat(testing.weaknesses()).containsExactly(Weakness.TESTING);
    assertThat(Weakness.values()).allSatisfy(weak -> assertThat(weak.describe()).isNotBlank());
  }

  /** A second Subject on top is what many readers show. */
  @Test
  void aFieldThatOccursAgain() {
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS).withOnTop(field("subject", " Free!"));
    assertThat(mail.outcome(DNS).result()).isEqualTo(DkimResult.PASS);
    assertThat(mail.outcome(DNS).weaknesses()).containsExactly(Weakness.FIELD_REPEATED);
    TestMail sealed = LETTER.signed(TestKeys.RSA).withOnTop(field("subject", " Free!"));
    assertThat(sealed.outcome(DNS).result()).isEqualTo(DkimResult.FAIL);
  }

  /** RFC 6376 §8.15. */
  @Test
  void aSecondAuthor() {
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS).withOnTop(field("From", " eve@example.org"));
    assertThat(mail.results(DNS)).containsExactly("policy: not every From field is signed");
    TestMail both =
        LETTER
            .withOnTop(field("From", " eve@example.com"))
            .signed(TestKeys.RSA, TAGS.replace("From", "From:From"));
    assertThat(both.results(DNS)).containsExactly("pass: the signature is good");
    assertThat(LETTER.signed(TestKeys.RSA, TAGS).without("From").results(DNS))
        .containsExactly("policy: not every From field is signed");
  }

  /** Stored mail has LF where the wire had CRLF. */
  @ParameterizedTest
  @ValueSource(strings = {"simple/simple", "relaxed/relaxed"})
  void storedMail(String forms) {
    String value = TAGS.replace("; s=", ";\r\n s=").replace("relaxed/relaxed", forms);
    TestMail mail = LETTER.signed(TestKeys.RSA, value);
    TestMail stored = TestMail.of(mail.text().replace("\r\n", "\n"));
    assertThat(stored.body()).doesNotContain('\r');
    assertThat(stored.results(DNS)).containsExactly("pass: the signature is good");
  }

  @Test
  void moreSignaturesThanWeLookAt() {
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS);
    List<HeaderField> many =
        new ArrayList<>(Collections.nCopies(1000, field("DKIM-Signature", " v=1")));
    many.addAll(mail.header());
    FakeResolver zone = TestKeys.zone();
    List<String> results = new TestMail(many, mail.body()).results(new DnsKeys(zone));
    assertThat(results).hasSize(11).endsWith("neutral: 991 more signatures, not looked at");
    assertThat(zone.questions()).isEmpty();
  }

  @Test
  void moreHeaderThanWeHash() {
    String large = " " + "a".repeat(Limits.DEFAULT.signedOctets());
    TestMail mail = LETTER.signed(TestKeys.RSA, TAGS).with("Subject", large);
    assertThat(mail.results(DNS))
        .containsExactly("neutral: more header than we hash for a signature");
  }

  @Test
  void limitsAreTheCallers() {
    TestMail mail = LETTER.signed(TestKeys.RSA, TestKeys.ED25519);
    var verifier = new DkimVerifier(new Limits(1, 1 << 20, Duration.ZERO));
    DkimVerification verification = verifier.begin(mail.header());
    verification.body(mail.body(), 0, mail.body().length);
    Instant early = NOW.minusSeconds(1);
    assertThat(verification.finish(DNS, early))
        .extracting(DkimOutcome::result)
        .containsExactly(DkimResult.POLICY, DkimResult.NEUTRAL);
  }

  @Test
  void words() {
    assertThat(DkimResult.values())
        .extracting(DkimResult::word)
        .containsExactly("none", "pass", "fail", "policy", "neutral", "temperror", "permerror");
  }
}
