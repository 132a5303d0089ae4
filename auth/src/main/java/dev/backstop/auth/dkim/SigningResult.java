package dev.backstop.auth.dkim;

import dev.backstop.mail.message.HeaderField;
import java.util.List;

/** What became of a message that was to be signed. */
public sealed interface SigningResult {

  /**
   * It is signed.
   *
   * @param fields to put at the top of the header in this order, one for each key; values begin
   *     with a blank, folds are CRLF and a blank
   */
  record Signed(List<HeaderField> fields) implements SigningResult {
    public Signed {
      fields = List.copyOf(fields);
    }
  }

  /**
   * It must not be, or cannot: nobody could tell what was signed.
   *
   * @param reason in plain words
   */
  record Refused(String reason) implements SigningResult {}
}
