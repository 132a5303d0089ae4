package dev.backstop.store;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 of what the journal remembers, cut short. Each kind of text has its own domain, so
 * that a sender and a recipient with one address do not show as equal. Thread-safe.
 */
final class Hashes {
  private static final int MESSAGE_OCTETS = 16;
  private final Mac keyed;

  Hashes(byte[] key) {
    try {
      keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key for HMAC-SHA256", e);
    }
  }

  /** Compared without regard to ASCII case and white space. */
  byte[] message(String messageId) {
    return Arrays.copyOf(hash('m', comparable(messageId)), MESSAGE_OCTETS);
  }

  /**
   * RFC 5322 §3.6.4 would have it compared as it is. Deliberately not: on the way back header
   * fields are folded inside a long Message-ID and its case is changed, and a genuine answer must
   * still be found.
   */
  private static String comparable(String messageId) {
    var comparable = new StringBuilder(messageId.length());
    for (int i = 0; i < messageId.length(); i++) {
      char c = messageId.charAt(i);
      if (!Character.isWhitespace(c)) {
        comparable.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      }
    }
    return comparable.toString();
  }

  /** For a message without Message-ID: a value that nothing looks up and nothing collides with. */
  byte[] noMessage() {
    var octets = new byte[MESSAGE_OCTETS];
    ThreadLocalRandom.current().nextBytes(octets);
    return octets;
  }

  long sender(Mailbox mailbox) {
    return number('s', folded(mailbox));
  }

  /** Also of the null reverse-path. */
  long sender(ReversePath path) {
    return path instanceof Mailbox mailbox ? sender(mailbox) : number('s', path.toPath());
  }

  long author(Mailbox mailbox) {
    return number('a', folded(mailbox));
  }

  /** In the place of an author that there is none of: what no address hashes to. */
  long nobody() {
    return number('a', "");
  }

  long recipient(Mailbox mailbox) {
    return number('r', folded(mailbox));
  }

  /** Of an address under which we write. */
  long writer(Mailbox mailbox) {
    return number('w', folded(mailbox));
  }

  /** In the place of a recipient, for all of them: what no address hashes to. */
  long everybody() {
    return number('r', "");
  }

  long proof(String text) {
    return number('p', text);
  }

  long domain(String name) {
    return number('d', name.toLowerCase(Locale.ROOT));
  }

  /** Tells a journal made with another key. */
  long keyCheck() {
    return number('k', "");
  }

  /** Reporting servers change the case of local parts; RFC 5321 §2.4 would forbid it. */
  private static String folded(Mailbox mailbox) {
    return mailbox.localPart().toLowerCase(Locale.ROOT) + "@" + mailbox.domain();
  }

  private long number(char domain, String text) {
    return ByteBuffer.wrap(hash(domain, text)).getLong();
  }

  private byte[] hash(char domain, String text) {
    Mac mac = fresh();
    mac.update((byte) domain);
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the keyed state costs less than a new Mac, and needs no lock. */
  private Mac fresh() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the HMAC provider cannot copy its state", e);
    }
  }
}
