package dev.backstop.edge.smtp.content;

import java.util.Locale;

/**
 * What is done with a line end that is not CRLF (RFC 5321 §2.3.8). Servers that take others for the
 * end of a line, or of the message, read other messages than those that were sent.
 */
public enum LineEnds {
  /** The message is refused. */
  REFUSE,
  /** It becomes CRLF before anybody judges the message; a dot behind it ends nothing. */
  REPAIR;

  /** As written in the configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
