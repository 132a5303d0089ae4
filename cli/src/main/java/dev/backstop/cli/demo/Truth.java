package dev.backstop.cli.demo;

/** Who caused a mail to our users. Only the world knows. */
enum Truth {
  /** It answers mail that one of our users sent. */
  GENUINE,
  /** It answers mail that the spammer sent in our users' names. */
  FALSE,
  /** It answers nothing. */
  ORDINARY
}
