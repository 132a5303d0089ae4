package dev.backstop.auth.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Nothing that a stranger sends makes DKIM throw, and pieces are as good as the whole. */
class DkimFuzzTest {
  private static final KeyAnswer KEYS =
      new KeyAnswer.Found(
          TestKeys.BOTH.stream().map(k -> KeyRecord.of(k.algorithm(), k.publicKey())).toList());

  private static final KeyAnswer SMALL =
      new KeyAnswer.Found(
          List.of(KeyRecord.of(Algorithm.RSA_SHA256, TestKeys.SMALL_RSA.publicKey())));

  @FuzzTest(maxDuration = "60s")
  void tagLists(byte[] bytes) {
    TagList tags;
    try {
      tags = TagList.parse(bytes);
    } catch (DkimSyntaxException e) {
      assertThat(e.reason()).isNotBlank().hasSizeLessThan(100);
      return;
    }
    byte[] rest = tags.without("b");
    assertThat(rest.length).isLessThanOrEqualTo(bytes.length);
    try {
      assertThat(TagList.parse(rest).text("b").orElse("")).isEmpty();
      assertThat(TagList.parse(rest).without("b")).isEqualTo(rest);
      assertThat(TagList.parse(rest).text("a")).isEqualTo(tags.text("a"));
    } catch (DkimSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void signatures(byte[] bytes) {
    try {
      DkimSignature signature = SignatureParser.parse(TagList.parse(bytes));
      assertThat(signature.recordName().isWithin(signature.domain())).isTrue();
      assertThat(signature.identity().domain().isWithin(signature.domain())).isTrue();
      assertThat(signature.signedFields()).anyMatch("from"::equalsIgnoreCase);
      assertThat(signature.identity().text()).doesNotContainPattern("[\\x00-\\x20\\x7f]");
    } catch (DkimSyntaxException e) {
      assertThat(e.reason()).isNotBlank().hasSizeLessThan(100);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void keyRecords(byte[] bytes) {
    String record = new String(bytes, StandardCharsets.ISO_8859_1);
    switch (KeyRecordParser.parse(List.of(record))) {
      case KeyAnswer.Found found -> {
        KeyRecord key = found.records().getFirst();
        assertThat(key.bits()).isBetween(256, RsaKey.MAX_BITS);
        for (int length : new int[] {0, 64, key.bits() / 8}) {
          boolean _ = Cryptography.verifies(key, bytes, Arrays.copyOf(bytes, length));
        }
      }
      case KeyAnswer.Unusable unusable -> assertThat(unusable.reason()).hasSizeLessThan(150);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void bodiesInPieces(FuzzedDataProvider data) {
    Canonicalization form = data.pickValue(Canonicalization.values());
    int[] pieces = data.consumeInts(5);
    byte[] body = data.consumeRemainingAsBytes();
    BodyDigest digest = new BodyDigest(List.of(), true);
    var canonicalizer = new BodyCanonicalizer(form, digest);
    int at = 0;
    for (int piece : pieces) {
      int length = Math.floorMod(piece, body.length - at + 1);
      canonicalizer.update(body, at, length);
      at += length;
    }
    canonicalizer.update(body, at, body.length - at);
    canonicalizer.finish();
    String plain = PlainCanonicalization.body(form, new String(body, StandardCharsets.ISO_8859_1));
    assertThat(digest.hash(OptionalLong.empty())).isEqualTo(PlainCanonicalization.hash(plain));
    assertThat(digest.length()).isEqualTo(plain.length());
  }

  /** Nobody guesses a signature, whatever the message. */
  @FuzzTest(maxDuration = "60s")
  void messages(byte[] bytes) {
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    var verifier = new DkimVerifier(Limits.DEFAULT);
    DkimVerification verification = verifier.begin(message.header());
    verification.body(message.body().bytes(), 0, message.body().length());
    assertThat(verification.finish(_ -> KEYS, TestMail.NOW))
        .hasSizeLessThanOrEqualTo(11)
        .noneMatch(DkimOutcome::passed);
    assertThat(verifier.verifyHeader(message.header(), _ -> KEYS))
        .hasSizeLessThanOrEqualTo(11)
        .noneMatch(HeaderOutcome.Holds.class::isInstance);
  }

  /** Whatever the message, what we sign verifies. */
  @FuzzTest(maxDuration = "60s")
  void whatWeSignVerifies(byte[] bytes) {
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    byte[] body = Arrays.copyOf(message.body().bytes(), message.body().length());
    var mail = new TestMail(message.header(), body);
    DkimSigning signing =
        new DkimSigner(List.of(TestKeys.SMALL_RSA), Optional.empty()).begin(mail.header());
    signing.body(body, 0, body.length);
    switch (signing.finish(TestMail.NOW)) {
      case SigningResult.Refused refused -> assertThat(refused.reason()).isNotBlank();
      case SigningResult.Signed signed -> {
        TestMail sent = mail.withOnTop(signed.fields().toArray(HeaderField[]::new));
        assertThat(sent.verify(_ -> SMALL).getFirst().passed()).isTrue();
      }
    }
  }
}
