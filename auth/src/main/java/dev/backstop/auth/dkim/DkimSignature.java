package dev.backstop.auth.dkim;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a DKIM-Signature field says (RFC 6376 §3.5). That it says so is no proof of anything.
 * Immutable.
 *
 * @param algorithm ({@code a=}) empty for {@code rsa-sha1}, which is known and never counts (RFC
 *     8301 §3.1)
 * @param headerForm how the header is canonicalized, the first word of {@code c=}
 * @param bodyForm how the body is, the second word
 * @param domain that takes responsibility ({@code d=})
 * @param selector of its key ({@code s=})
 * @param identity on whose behalf ({@code i=})
 * @param signedFields names as written ({@code h=}), From among them; a name stands once for each
 *     field signed, and once more where none may be added
 * @param bodyLength how many octets of the canonicalized body are signed ({@code l=}); empty for
 *     all of them, {@link Long#MAX_VALUE} for every number that is larger
 * @param signedAt ({@code t=})
 * @param expires ({@code x=})
 * @param bodyHash 32 octets for the algorithms that count ({@code bh=})
 * @param signature ({@code b=})
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below mind the arrays
public record DkimSignature(
    Optional<Algorithm> algorithm,
    Canonicalization headerForm,
    Canonicalization bodyForm,
    DnsName domain,
    String selector,
    Identity identity,
    List<String> signedFields,
    OptionalLong bodyLength,
    Optional<Instant> signedAt,
    Optional<Instant> expires,
    byte[] bodyHash,
    byte[] signature) {

  /**
   * The agent or user (AUID, RFC 6376 §2.6).
   *
   * @param text as written, without blanks and ASCII controls: it may hold {@code =XX} for other
   *     octets, and letters of any script; {@code @domain} when the tag is missing
   * @param domain the signing domain or one within it
   */
  public record Identity(String text, DnsName domain) {}

  public DkimSignature {
    signedFields = List.copyOf(signedFields);
  }

  /** What a field says; empty when it cannot be read. */
  public static Optional<DkimSignature> read(HeaderField field) {
    try {
      return Optional.of(SignatureParser.parse(TagList.parse(field.value())));
    } catch (DkimSyntaxException _) {
      return Optional.empty();
    }
  }

  /** Where the key stands (RFC 6376 §3.6.2.1). */
  public DnsName recordName() {
    return domain.under(selector + "._domainkey").orElseThrow();
  }

  /** The value of {@code a=}. */
  public String algorithmTag() {
    return algorithm.map(Algorithm::tag).orElse("rsa-sha1");
  }

  /**
   * The first eight characters of {@code b=}, fewer when it is shorter: what {@code header.b} says
   * to tell one signature from another (RFC 6008 §4).
   */
  public String signatureStart() {
    byte[] start = Arrays.copyOf(signature, Math.min(6, signature.length));
    return Base64.getEncoder().encodeToString(start);
  }

  /** How often {@code h=} has that name: so many fields of it are covered, and no more. */
  int times(String name) {
    int times = 0;
    for (String signed : signedFields) {
      times += signed.equalsIgnoreCase(name) ? 1 : 0;
    }
    return times;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DkimSignature o
        && algorithm.equals(o.algorithm)
        && headerForm == o.headerForm
        && bodyForm == o.bodyForm
        && domain.equals(o.domain)
        && selector.equals(o.selector)
        && identity.equals(o.identity)
        && signedFields.equals(o.signedFields)
        && bodyLength.equals(o.bodyLength)
        && signedAt.equals(o.signedAt)
        && expires.equals(o.expires)
        && Arrays.equals(bodyHash, o.bodyHash)
        && Arrays.equals(signature, o.signature);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(signature);
  }

  /** The parts that tell it from others. */
  @Override
  public String toString() {
    return "DkimSignature[" + recordName() + " " + algorithmTag() + " " + signatureStart() + "]";
  }
}
