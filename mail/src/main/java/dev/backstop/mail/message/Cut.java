package dev.backstop.mail.message;

import java.util.Locale;

/**
 * What of a message was left unread because a bound was reached. A reading with cuts may have
 * missed something; one without has seen all that it looks at.
 */
public enum Cut {
  /** The door kept the beginning of the message only. */
  MESSAGE("only the beginning of the message was read"),

  /** More header fields, or more octets of header, than are read. */
  HEADER("the header is longer than what is read"),

  /** A multipart body is longer than what is searched for parts. */
  BODY("the body is longer than what is searched"),

  /** A part, or a text without parts, is longer than what is decoded. */
  PART("a part is longer than what is decoded"),

  /** More parts than are visited. */
  PARTS("there are more parts than are visited"),

  /** Multiparts inside multiparts beyond the depth that is followed. */
  DEPTH("parts are nested deeper than is followed"),

  /** More recipients in a report than are kept. */
  RECIPIENTS("there are more recipients than are kept");

  private final String words;

  Cut(String words) {
    this.words = words;
  }

  /** For a person: a clause without its full stop. */
  public String words() {
    return words;
  }

  /** As printed for programs: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
