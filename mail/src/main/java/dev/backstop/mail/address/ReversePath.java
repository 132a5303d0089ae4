package dev.backstop.mail.address;

/**
 * The argument of MAIL FROM (RFC 5321 §4.1.2): a mailbox, or the null reverse-path of automatic
 * mail.
 */
public sealed interface ReversePath permits Mailbox, NullReversePath {

  /**
   * Reads what stands after {@code MAIL FROM:}, with or without angle brackets, without ESMTP
   * parameters.
   *
   * @param text at most {@value Mailbox#MAX_LENGTH} characters are accepted
   * @throws AddressSyntaxException for everything but a mailbox and exactly {@code <>}; also for
   *     the empty text, {@code < >}, {@code <"">} and other near misses that mail servers are known
   *     to turn into the null sender
   */
  static ReversePath parse(String text) throws AddressSyntaxException {
    return text.equals("<>") ? NullReversePath.INSTANCE : Mailbox.parse(text);
  }

  /** As written in an envelope, with angle brackets. */
  String toPath();
}
