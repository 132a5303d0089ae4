package dev.backstop.auth.dkim;

import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A message in the hands of a test: its fields and the octets of its body. */
@SuppressWarnings("ArrayRecordComponent")
record TestMail(List<HeaderField> header, byte[] body) {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final TestMail LETTER =
      of(
          """
          From: Joe <joe@example.com>
          To: Suzie <suzie@example.net>
          Subject: Is dinner
           ready?
          Date: Sun, 1 Mar 2026 11:59:00 +0000
          Message-ID: <1@example.com>

          Hi.

          We lost  the game.\t
          Joe.
          """
              .replace("\n", "\r\n"));

  /** Octets as characters. */
  static TestMail of(String text) {
    byte[] bytes = bytes(text);
    RawMessage message = MessageSplitter.split(bytes, bytes.length, false);
    return new TestMail(
        message.header(), Arrays.copyOf(message.body().bytes(), message.body().length()));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static HeaderField field(String name, String value) {
    return new HeaderField(name, bytes(value));
  }

  TestMail withOnTop(HeaderField... fields) {
    List<HeaderField> all = new ArrayList<>(Arrays.asList(fields));
    all.addAll(header);
    return new TestMail(all, body);
  }

  TestMail withBody(String text) {
    return new TestMail(header, bytes(text));
  }

  TestMail without(String name) {
    return new TestMail(header.stream().filter(field -> !field.nameIs(name)).toList(), body);
  }

  /** With another value for every field of that name. */
  TestMail with(String name, String value) {
    return new TestMail(
        header.stream().map(old -> old.nameIs(name) ? field(old.name(), value) : old).toList(),
        body);
  }

  String text() {
    return header.stream()
            .map(f -> f.name() + ":" + new String(f.value(), StandardCharsets.ISO_8859_1) + "\r\n")
            .collect(Collectors.joining())
        + "\r\n"
        + new String(body, StandardCharsets.ISO_8859_1);
  }

  /** As our signer signs it. */
  TestMail signed(SigningKey... keys) {
    DkimSigning signing = new DkimSigner(List.of(keys), Optional.empty()).begin(header);
    signing.body(body, 0, body.length);
    return switch (signing.finish(NOW)) {
      case SigningResult.Signed signed -> withOnTop(signed.fields().toArray(HeaderField[]::new));
      case SigningResult.Refused refused -> throw new AssertionError(refused.reason());
    };
  }

  /**
   * Signed by hand: any tags, of which {@code bh=} and {@code b=} are added when they are missing.
   */
  TestMail signed(SigningKey key, String tags) {
    try {
      String withHash = tags;
      if (!tags.contains("bh=")) {
        withHash = tags + "; bh=" + SignatureText.base64Of(bodyHash(tags));
      }
      DkimSignature signature = parse(withHash + "; b=AAAA");
      var signed = new SignedHeader(header);
      byte[] octets =
          signed.octets(
              signature.headerForm(),
              signed.covered(signature.signedFields(), -1),
              field("DKIM-Signature", withHash + "; b="));
      String b = SignatureText.base64Of(Cryptography.sign(key, octets));
      return withOnTop(field("DKIM-Signature", withHash + "; b=" + b));
    } catch (DkimSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] bodyHash(String tags) throws DkimSyntaxException {
    DkimSignature signature = parse(tags + "; bh=" + "A".repeat(43) + "=; b=AAAA");
    var hashes = new BodyHashes(List.of(signature));
    hashes.update(body, 0, body.length);
    hashes.finish();
    return hashes.hash(signature);
  }

  static DkimSignature parse(String tags) throws DkimSyntaxException {
    return SignatureParser.parse(TagList.parse(bytes(tags)));
  }

  List<DkimOutcome> verify(KeySource keys) {
    return verify(keys, NOW);
  }

  List<DkimOutcome> verify(KeySource keys, Instant now) {
    DkimVerification verification = new DkimVerifier(Limits.DEFAULT).begin(header);
    verification.body(body, 0, body.length);
    return verification.finish(keys, now);
  }

  /** The only outcome. */
  DkimOutcome outcome(KeySource keys) {
    List<DkimOutcome> outcomes = verify(keys);
    if (outcomes.size() != 1) {
      throw new AssertionError(outcomes);
    }
    return outcomes.getFirst();
  }

  /** Result and reason of each signature, as {@code pass: the signature is good}. */
  List<String> results(KeySource keys) {
    return verify(keys).stream().map(o -> o.result().word() + ": " + o.reason()).toList();
  }

  List<HeaderOutcome> verifyHeader(KeySource keys) {
    return new DkimVerifier(Limits.DEFAULT).verifyHeader(header, keys);
  }
}
