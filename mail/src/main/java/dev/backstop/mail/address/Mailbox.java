package dev.backstop.mail.address;

import java.util.Locale;

/**
 * A mailbox, {@code local-part@domain} (RFC 5321 §4.1.2), UTF-8 allowed (RFC 6531 §3.3).
 *
 * <p>The local part is kept as it was written, quotes included, because only the final system may
 * interpret it (RFC 5321 §2.4); the domain is lower-cased. Two mailboxes are equal when both parts
 * are.
 *
 * @param localPart dot-string or quoted-string, 1 to {@value #MAX_LOCAL_PART} octets is what RFC
 *     5321 allows; longer ones occur (VERP, SRS) and are accepted up to {@value #MAX_LENGTH}
 *     characters in all
 * @param domain lower-cased name without a final dot, or an address literal in brackets
 */
public record Mailbox(String localPart, String domain) implements ReversePath {
  /** RFC 5321 §4.5.3.1.1, in octets. */
  public static final int MAX_LOCAL_PART = 64;

  /** Bound of what is read at all, in characters; RFC 5321 §4.5.3.1.3 asks for 256 octets. */
  public static final int MAX_LENGTH = 512;

  public Mailbox {
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a mailbox with or without angle brackets; a source route before it is dropped (RFC 5321
   * §4.1.1.3: SHOULD be ignored).
   *
   * @throws AddressSyntaxException when the text is anything else
   */
  public static Mailbox parse(String text) throws AddressSyntaxException {
    return MailboxParser.parse(text);
  }

  /** The same domain with another local part. */
  public Mailbox withLocalPart(String other) {
    return new Mailbox(other, domain);
  }

  @Override
  public String toPath() {
    return "<" + localPart + "@" + domain + ">";
  }

  @Override
  public String toString() {
    return localPart + "@" + domain;
  }
}
