package dev.backstop.mail.header;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Auto-Submitted field (RFC 3834 §5). */
public enum AutoSubmitted {
  /** No such field, or {@code no}: a human sent it, as far as this field tells. */
  NO,
  /** {@code auto-replied}: in direct answer to another message. */
  AUTO_REPLIED,
  /** {@code auto-generated}: by a machine, not necessarily in answer to something. */
  AUTO_GENERATED,
  /** {@code auto-notified} (RFC 5436 §2.7.1): a sieve script tells its owner of a message. */
  AUTO_NOTIFIED,
  /** Anything else: RFC 3834 §5.1 allows extensions, all of which mean a machine. */
  OTHER;

  /** The keyword ends at a semicolon; comments are allowed, case does not matter. */
  public static AutoSubmitted parse(@Nullable String field) {
    if (field == null) {
      return NO;
    }
    String bare = Comments.strip(field);
    int semicolon = bare.indexOf(';');
    String keyword = (semicolon < 0 ? bare : bare.substring(0, semicolon)).strip();
    return switch (keyword.toLowerCase(Locale.ROOT)) {
      case "", "no" -> NO;
      case "auto-replied" -> AUTO_REPLIED;
      case "auto-generated" -> AUTO_GENERATED;
      case "auto-notified" -> AUTO_NOTIFIED;
      default -> OTHER;
    };
  }
}
