package dev.backstop.bounce.tag;

import dev.backstop.mail.address.Mailbox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and verifies tags with a ring of keys. Immutable and safe for all threads.
 *
 * <p>The address is signed with its domain in lower case and its local part as it stands: one
 * stated rule, because nobody may interpret the local part of another system (RFC 5321 §2.4).
 */
public final class Tagger {
  /** How long a tag counts, in days; longer than the five days for which senders usually retry. */
  public static final int LIFETIME_DAYS = 7;

  private static final long SECONDS_PER_DAY = 86_400;
  private static final String HMAC =
      "HmacSHA1"; // the draft's; 24 bits of it are used, so SHA-1's collisions do not matter

  private final TagKeys keys;

  public Tagger(TagKeys keys) {
    this.keys = keys;
  }

  /**
   * The address to send with: the same for all mail of one sender on one UTC day, so that a retried
   * message keeps its sender and greylisting lets it pass.
   *
   * @param plain without a tag
   * @return empty when the tagged local part would be longer than {@value Mailbox#MAX_LOCAL_PART}
   *     octets, which other servers may refuse
   */
  public Optional<Mailbox> sign(Mailbox plain, TagForm form, Instant now) {
    TagKey key = keys.signing();
    int expiry = (int) ((day(now) + LIFETIME_DAYS) % 1000);
    Tag tag = new Tag(key.number(), expiry, signature(key.secret(), key.number(), expiry, plain));
    Mailbox tagged = TaggedAddress.render(plain, form, tag);
    int octets = tagged.localPart().getBytes(StandardCharsets.UTF_8).length;
    return octets > Mailbox.MAX_LOCAL_PART ? Optional.empty() : Optional.of(tagged);
  }

  /** What the tag in this address is worth now. */
  public TagCheck verify(Mailbox address, Instant now) {
    return switch (TaggedAddress.read(address)) {
      case TaggedAddress.Plain plain -> new TagCheck.Missing(plain.address());
      case TaggedAddress.Foreign foreign ->
          new TagCheck.Foreign(foreign.dialect(), foreign.address());
      case TaggedAddress.Ours ours -> verify(ours, now);
    };
  }

  private TagCheck verify(TaggedAddress.Ours ours, Instant now) {
    Tag tag = ours.tag();
    Optional<TagKey> key = keys.numbered(tag.keyNumber());
    if (key.isEmpty()) {
      return new TagCheck.Invalid(ours.plain(), "there is no key " + tag.keyNumber());
    }
    String right = signature(key.get().secret(), tag.keyNumber(), tag.expiryDay(), ours.plain());
    // Relays fold case, so the digits are compared in lower case; the time taken must not tell how
    // many of them fit.
    byte[] given = tag.signature().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(right.getBytes(StandardCharsets.US_ASCII), given)) {
      return new TagCheck.Invalid(ours.plain(), "the signature is wrong");
    }
    int daysLeft = tag.daysLeft(day(now));
    // Two-sided: days are modulo 1000, and comparing one side only would let half of all stale tags
    // pass.
    if (daysLeft > LIFETIME_DAYS || !TagKeys.verifies(key.get(), now)) {
      return new TagCheck.Expired(ours.plain(), tag.keyNumber());
    }
    return new TagCheck.Valid(ours.plain(), tag.keyNumber(), daysLeft);
  }

  /**
   * The bare function of the draft: the first three octets, in lower-case hexadecimal, of HMAC-SHA1
   * over K, DDD and the address.
   *
   * @param keyNumber 0 to 9
   * @param expiryDay 0 to 999
   */
  static String signature(byte[] secret, int keyNumber, int expiryDay, Mailbox address) {
    return signature(secret, "%d%03d%s".formatted(keyNumber, expiryDay, address));
  }

  static String signature(byte[] secret, String signed) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      byte[] hash = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 3);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "this Java has no " + HMAC, e); // every Java SE platform must have it
    }
  }

  private static long day(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), SECONDS_PER_DAY);
  }
}
