package dev.backstop.bounce.words;

import java.util.Locale;

/**
 * Why a message was not delivered: a small vocabulary, the same for all servers and languages.
 * {@code docs/recognition.md} tells what each takes in.
 */
public enum Reason {
  /** There is no such mailbox, or no longer. */
  NO_SUCH_USER,
  /** The mailbox, or the account's quota, is full. */
  MAILBOX_FULL,
  /** The mailbox is there but closed: disabled, suspended, inactive. */
  MAILBOX_DISABLED,
  /** The domain does not exist or takes no mail. */
  NO_SUCH_DOMAIN,
  /** The server asked does not relay for this sender or recipient. */
  RELAYING_DENIED,
  /** The message is larger than the recipient's side takes. */
  MESSAGE_TOO_LARGE,
  /** What the message contains: spam, virus, attachment, format. */
  CONTENT_REFUSED,
  /** A rule of the recipient's side, its refusal of this sender included. */
  POLICY,
  /** SPF, DKIM, DMARC, reverse DNS, TLS or a login that the sender's side lacks. */
  AUTHENTICATION,
  /** The sending address or domain is blocked, listed or of bad repute. */
  REPUTATION,
  /** Too many messages, recipients or connections. */
  RATE_LIMITED,
  /** Refused for now as every first attempt is. */
  GREYLISTED,
  /** The recipient's server could not be reached: connection, routing, loop. */
  NETWORK,
  /** A server's own trouble: disk, configuration, a protocol error. */
  SYSTEM,
  /** Given up after trying for long; nothing says what stood in the way. */
  EXPIRED,
  /** Nothing says why. */
  UNKNOWN;

  /** As printed: lower case with hyphens. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
