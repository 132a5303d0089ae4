package dev.backstop.bounce.tag;

import dev.backstop.mail.address.Mailbox;

/** What the tag in an address is worth. */
public sealed interface TagCheck {

  /** The address without our tag; a foreign dialect stays as it is. */
  Mailbox plain();

  /**
   * Ours and in time; from 0 to {@value Tagger#LIFETIME_DAYS} days are left, and one more of a tag
   * made where it is tomorrow already.
   */
  record Valid(Mailbox plain, int keyNumber, int daysLeft) implements TagCheck {}

  /** Signed with our key, too old. */
  record Expired(Mailbox plain, int keyNumber) implements TagCheck {}

  /** Our dialect, not signed with our key. */
  record Invalid(Mailbox plain, String reason) implements TagCheck {}

  /** No tag. */
  record Missing(Mailbox plain) implements TagCheck {}

  /** Another product's tag, which nobody but it can check. */
  record Foreign(String dialect, Mailbox plain) implements TagCheck {}
}
