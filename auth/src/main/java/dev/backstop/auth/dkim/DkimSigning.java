package dev.backstop.auth.dkim;

import dev.backstop.mail.message.HeaderField;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The signing of one message: its header is known, its body passes through. For one thread. */
public final class DkimSigning {
  /**
   * Octets of header that we sign; mail servers take less (Postfix 100 kB), and so may verifiers.
   */
  private static final int MAX_HEADER = 128 << 10;

  private final SignedHeader header;
  private final List<SigningKey> keys;
  private final Optional<Duration> lifetime;
  private final List<String> names;
  private final BodyDigest digest = new BodyDigest(List.of(), true);
  private final BodyCanonicalizer body = new BodyCanonicalizer(Canonicalization.RELAXED, digest);

  DkimSigning(SignedHeader header, List<SigningKey> keys, Optional<Duration> lifetime) {
    this.header = header;
    this.keys = keys;
    this.lifetime = lifetime;
    this.names = FieldsToSign.of(header);
  }

  /**
   * The next piece of the body. Pieces may begin and end anywhere; LF alone counts as CRLF.
   *
   * @param bytes not kept, not changed
   */
  public void body(byte[] bytes, int offset, int length) {
    body.update(bytes, offset, length);
  }

  /** The signatures after the whole body; call it once. */
  public SigningResult finish(Instant now) {
    body.finish();
    Optional<String> refusal = refusal();
    if (refusal.isPresent()) {
      return new SigningResult.Refused(refusal.get());
    }
    byte[] bodyHash = digest.hash(OptionalLong.empty());
    int[] covered = header.covered(names, -1);
    List<HeaderField> fields = new ArrayList<>(keys.size());
    for (SigningKey key : keys) {
      fields.add(sign(key, covered, bodyHash, now));
    }
    return new SigningResult.Signed(fields);
  }

  private Optional<String> refusal() {
    int authors = header.count("From");
    if (authors != 1) { // RFC 5322 §3.6
      return Optional.of(authors == 0 ? "no From field" : authors + " From fields");
    }
    if (names.size() > SignatureParser.MAX_NAMES) {
      return Optional.of("more fields to sign than verifiers look at");
    }
    HeaderField none = new HeaderField(SignatureText.FIELD_NAME, new byte[0]);
    return header.bound(header.covered(names, -1), none) > MAX_HEADER
        ? Optional.of("more header to sign than verifiers look at")
        : Optional.empty();
  }

  private HeaderField sign(SigningKey key, int[] covered, byte[] bodyHash, Instant now) {
    SignatureText text =
        new SignatureText()
            .word("v=1;")
            .word("a=" + key.algorithm().tag() + ";")
            .word("c=relaxed/relaxed;")
            .word("d=" + key.domain() + ";")
            .word("s=" + key.selector() + ";")
            .word("t=" + now.getEpochSecond() + ";");
    lifetime.ifPresent(time -> text.word("x=" + now.plus(time).getEpochSecond() + ";"));
    text.names("h", names).word("bh=" + SignatureText.base64Of(bodyHash) + ";").word("b=");
    var unsigned = new HeaderField(SignatureText.FIELD_NAME, text.octets());
    byte[] octets = header.octets(Canonicalization.RELAXED, covered, unsigned);
    text.base64(Cryptography.sign(key, octets));
    return new HeaderField(SignatureText.FIELD_NAME, text.octets());
  }
}
