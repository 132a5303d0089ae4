package dev.backstop.bounce.tag;

/** What a header token is worth. */
public sealed interface TokenCheck {

  /** Ours, for this sender and message, and in time. */
  record Valid(int keyNumber, int daysLeft) implements TokenCheck {}

  /** Signed with our key, too old. */
  record Expired(int keyNumber) implements TokenCheck {}

  /** Not a token, or not signed with our key for this sender and message. */
  record Invalid(String reason) implements TokenCheck {}
}
