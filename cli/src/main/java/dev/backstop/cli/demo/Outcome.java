package dev.backstop.cli.demo;

/** What became of a mail at our mail server. */
sealed interface Outcome {

  /**
   * Taken, with the changes that the milter asked for.
   *
   * @param mail what is delivered
   */
  record Accepted(Mail mail) implements Outcome {}

  /**
   * Refused in the session.
   *
   * @param atEnd after the data; else before it, at MAIL or RCPT
   * @param reply what the client reads
   */
  record Refused(boolean atEnd, String reply) implements Outcome {}
}
