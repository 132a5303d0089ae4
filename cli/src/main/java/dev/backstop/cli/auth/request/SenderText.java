package dev.backstop.cli.auth.request;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.ReversePath;

/**
 * Reads a sender. What is neither a mailbox nor exactly {@code <>} is refused, never taken for the
 * null sender. Some texts that no mail server lets through are read all the same, because SPF has
 * an answer for them (RFC 7208 §4.3): a mailbox without a local part, one with blanks in it, a
 * domain with labels that are empty or too long.
 */
public final class SenderText {
  private SenderText() {}

  /**
   * Reads a sender with or without angle brackets.
   *
   * @throws IllegalArgumentException what is wrong and how it can be mended
   */
  public static ReversePath parse(String text) {
    try {
      return ReversePath.parse(text);
    } catch (AddressSyntaxException e) {
      int at = text.lastIndexOf('@');
      if (at >= 0
          && text.length() <= Mailbox.MAX_LENGTH
          && isLocalPart(text.substring(0, at))
          && Names.hasOnlyNameCharacters(text.substring(at + 1))) {
        return new Mailbox(text.substring(0, at), text.substring(at + 1));
      }
      String reason = text.isEmpty() ? "empty" : String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          "not a sender: " + reason + "; write user@example.com, or <> for the null sender", e);
    }
  }

  /** Nothing that another program could take for a border or an end. */
  private static boolean isLocalPart(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && "<>@\"\\()[]:;,".indexOf(c) < 0);
  }
}
