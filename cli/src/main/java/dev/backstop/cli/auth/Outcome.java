package dev.backstop.cli.auth;

/** What became of one question, in the order of the questions. */
sealed interface Outcome {

  /**
   * It was answered.
   *
   * @param text with its line end
   */
  record Answered(String text) implements Outcome {}

  /**
   * It could not be understood, which is its answer.
   *
   * @param text with its line end
   */
  record Refused(String text) implements Outcome {}

  /** A message should have been read and could not. */
  record Unreadable(String name, String reason) implements Outcome {}

  /** A file of a folder that is no mail. */
  record PassedOver() implements Outcome {}
}
