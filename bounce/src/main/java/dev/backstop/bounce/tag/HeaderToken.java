package dev.backstop.bounce.tag;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.header.MessageIds;
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
 * The field {@value #FIELD} of what we send: {@code KDDD} as in a tag, then 32 hexadecimal digits
 * of HMAC-SHA256 over them, the plain reverse-path and the Message-ID. It comes back in returned
 * headers, also where the envelope cannot be changed.
 *
 * <p>The keys are those of the tags, of which other keys are derived: what is known of tags says
 * nothing about tokens. Immutable and safe for all threads.
 */
public final class HeaderToken {
  public static final String FIELD = "Backstop-Token";

  /** 128 bits, which nobody guesses. */
  private static final int SIGNATURE_OCTETS = 16;

  private static final int LENGTH = 4 + 2 * SIGNATURE_OCTETS;
  private static final int MAX_VALUE = 200;
  private static final String HMAC = "HmacSHA256";
  private static final String PURPOSE = "backstop header token 1";

  private final TagKeys keys;

  public HeaderToken(TagKeys keys) {
    this.keys = keys;
  }

  /**
   * The value of the field.
   *
   * @param sender the plain reverse-path; case does not matter
   * @param messageId of the message that leaves
   */
  public String sign(Mailbox sender, String messageId, Instant now) {
    TagKey key = keys.signing();
    int expiry = (int) ((Tagger.day(now) + Tagger.LIFETIME_DAYS) % 1000);
    String head = new Tag(key.number(), expiry, "").toString();
    return head + signature(key, head, sender, messageId);
  }

  /**
   * What a token is worth for that sender and message now.
   *
   * @param value of the field, anything; blanks and case do not matter
   */
  public TokenCheck verify(String value, Mailbox sender, String messageId, Instant now) {
    String token = bare(value);
    if (!isToken(token)) {
      return new TokenCheck.Invalid("it is no token");
    }
    Optional<TagKey> key = keys.numbered(token.charAt(0) - '0');
    if (key.isEmpty()) {
      return new TokenCheck.Invalid("there is no key " + token.charAt(0));
    }
    byte[] right =
        (token.substring(0, 4) + signature(key.get(), token.substring(0, 4), sender, messageId))
            .getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(right, token.getBytes(StandardCharsets.US_ASCII))) {
      return new TokenCheck.Invalid("it is not signed for this sender and Message-ID");
    }
    int expiry = Integer.parseInt(token.substring(1, 4));
    int daysLeft = new Tag(key.get().number(), expiry, "").daysLeft(Tagger.day(now));
    // Two-sided, as with tags.
    return !Tagger.isInTime(daysLeft) || !TagKeys.verifies(key.get(), now)
        ? new TokenCheck.Expired(key.get().number())
        : new TokenCheck.Valid(key.get().number(), daysLeft);
  }

  /** Without blanks and folds, in lower case; the beginning of what is far too long. */
  private static String bare(String value) {
    String head = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value;
    var bare = new StringBuilder(LENGTH);
    head.chars().filter(c -> c > ' ').forEach(c -> bare.append((char) c));
    return bare.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && (i < 4 || c < 'a' || c > 'f')) {
        return false;
      }
    }
    return text.length() == LENGTH;
  }

  private static String signature(TagKey key, String head, Mailbox sender, String messageId) {
    String only = MessageIds.only(messageId);
    String id = only == null ? messageId : only;
    String signed = head + "\n" + Tagger.folded(sender) + "\n" + id;
    byte[] hash = hmac(hmac(key.secret(), PURPOSE), signed);
    return HexFormat.of().formatHex(hash, 0, SIGNATURE_OCTETS);
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "this Java has no " + HMAC, e); // every Java SE platform must have it
    }
  }
}
