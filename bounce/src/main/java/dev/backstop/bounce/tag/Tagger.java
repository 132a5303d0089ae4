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
 * <p>The address is signed in lower case, local part and all: mail servers on the way fold case,
 * and Postfix itself asks its tables for the folded address. A tag over the local part as it
 * stands, as other implementations make it, is accepted too.
 */
public final class Tagger {
  /** How long a tag counts, in days; longer than the five days for which senders usually retry. */
  public static final int LIFETIME_DAYS = 7;

  /**
   * Days by which a tag may be younger than our own day: it was made by another of our servers, a
   * moment after midnight there, or by this one before its clock was set back.
   */
  private static final int CLOCKS_DAYS = 1;

  private static final long SECONDS_PER_DAY = 86_400;

  /** The draft's. Collisions of SHA-1 do not matter: 24 bits of a keyed hash are used. */
  private static final String HMAC = "HmacSHA1";

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
    Tag tag =
        new Tag(key.number(), expiry, signature(key.secret(), key.number(), expiry, folded(plain)));
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
    if (!signed(key.get(), tag, folded(ours.plain())) && !signed(key.get(), tag, ours.plain())) {
      return new TagCheck.Invalid(ours.plain(), "the signature is wrong");
    }
    int daysLeft = tag.daysLeft(day(now));
    // Two-sided: days are modulo 1000, and comparing one side only would let half of all stale tags
    // pass.
    if (!isInTime(daysLeft) || !TagKeys.verifies(key.get(), now)) {
      return new TagCheck.Expired(ours.plain(), tag.keyNumber());
    }
    return new TagCheck.Valid(ours.plain(), tag.keyNumber(), daysLeft);
  }

  /** Whether a tag with that many days left counts. */
  static boolean isInTime(int daysLeft) {
    return daysLeft <= LIFETIME_DAYS + CLOCKS_DAYS;
  }

  private static boolean signed(TagKey key, Tag tag, Mailbox address) {
    String right = signature(key.secret(), tag.keyNumber(), tag.expiryDay(), address);
    // Relays fold case, so the digits are compared in lower case; the time taken must not tell how
    // many of them fit.
    byte[] given = tag.signature().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(right.getBytes(StandardCharsets.US_ASCII), given);
  }

  static Mailbox folded(Mailbox address) {
    return address.withLocalPart(address.localPart().toLowerCase(Locale.ROOT));
  }

  /**
   * The bare function of the draft: the first three octets, in lower-case hexadecimal, of HMAC-SHA1
   * over K, DDD and the address.
   *
   * @param keyNumber 0 to 9
   * @param expiryDay 0 to 999
   */
  static String signature(byte[] secret, int keyNumber, int expiryDay, Mailbox address) {
    return signature(secret, new Tag(keyNumber, expiryDay, "").toString() + address);
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

  /** UTC days since 1970-01-01. */
  static long day(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), SECONDS_PER_DAY);
  }
}
