package dev.backstop.bounce.words;

/** What words are a sign of. */
public enum Sign {
  /** Nothing but the program that writes them. */
  SOFTWARE,
  /** Stand before the name of the reporting host. */
  HOST,
  /** The sender is a mail system. */
  DAEMON,
  FAILED,
  DELAYED,
  DELIVERED,
  REPLY,
  CHALLENGE,
  RECEIPT,
  NOTICE,
  LIST_NOTICE,
  FEEDBACK,
  /** Speaks of what the reader sent: scanners and challenges do, newsletters do not. */
  YOURS,
  REPORT,
  /** A program that people write with: their mail speaks of bounces, but is none. */
  HUMAN,
  /** Calls upon the reader to click, log in or pay: no mail system does. */
  LURE
}
