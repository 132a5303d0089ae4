package dev.backstop.mail.message;

import java.nio.charset.StandardCharsets;

/**
 * One header field with its exact bytes (RFC 5322 §2.2).
 *
 * @param name as written, without the colon
 * @param value everything after the colon: leading space, folds and all, without the final line end
 */
@SuppressWarnings(
    "ArrayRecordComponent") // exact bytes without a copy; compare with nameIs and text
public record HeaderField(String name, byte[] value) {

  /** Field names are compared without regard to case (RFC 5322 §1.2.2). */
  public boolean nameIs(String other) {
    return name.equalsIgnoreCase(other);
  }

  /**
   * The value unfolded and trimmed, as UTF-8 with bad bytes replaced: for reading marks, never for
   * signatures.
   */
  public String text() {
    String text = new String(value, StandardCharsets.UTF_8);
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      text = text.replace("\r", "").replace("\n", "");
    }
    return text.strip();
  }
}
