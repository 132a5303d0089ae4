package dev.backstop.cli.demo;

/** What happens to mail for one foreign mailbox, whoever sent it. */
enum Habit {
  /** A person reads it, and answers what is no spam now and then. */
  READS,
  /** The mailbox answers by itself. */
  AWAY,
  /** The mailbox is over its quota. */
  FULL,
  /** Forwarded to a host that is down: a warning after hours, a bounce after days. */
  UNREACHABLE,
  /** The person's program says when mail was opened, if the mail asks for it. */
  RECEIPT,
  /** A filter asks unknown senders to confirm. */
  CHALLENGE
}
