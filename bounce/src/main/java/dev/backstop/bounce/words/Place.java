package dev.backstop.bounce.words;

/** Where words are looked for. */
enum Place {
  /** The whole local part of From. */
  LOCAL_PART,
  /** Somewhere in the display name of From. */
  NAME,
  /** The end of the address of From. */
  FROM,
  /** Somewhere in the Subject. */
  SUBJECT,
  /** The Subject begins so. */
  OPENING,
  /** Somewhere in the beginning of the text. */
  TEXT,
  /** A header field: its name, or its name and words of its value; {@code x*} begins so. */
  FIELD,
  /** The beginning of the name of a per-message field of the delivery status. */
  REPORT,
  /** The end of the reporting host's name. */
  MTA
}
