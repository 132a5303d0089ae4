package dev.backstop.mail.header;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Message-IDs in Message-ID, In-Reply-To and References (RFC 5322 §3.6.4). */
public final class MessageIds {
  /** Longer ones are not identifiers but attacks. */
  public static final int MAX_LENGTH = 998;

  private static final int MAX_COUNT = 200;

  private MessageIds() {}

  /**
   * All identifiers of a field in order, with angle brackets and exactly as written. Words outside
   * brackets, as in the obsolete {@code In-Reply-To: Your message of Monday <id>}, are skipped.
   */
  public static List<String> all(String field) {
    var ids = new ArrayList<String>(2);
    int open = field.indexOf('<');
    while (open >= 0 && ids.size() < MAX_COUNT) {
      int close = field.indexOf('>', open);
      if (close < 0) {
        break;
      }
      int inner = field.lastIndexOf('<', close);
      if (close - inner > 1 && close - inner < MAX_LENGTH && isPlain(field, inner + 1, close)) {
        ids.add(field.substring(inner, close + 1));
      }
      open = field.indexOf('<', close);
    }
    return ids;
  }

  /**
   * The identifier of a Message-ID field. Some senders forget the brackets, and a journal must find
   * what was sent, so a value without them is returned as it is.
   */
  public static @Nullable String only(@Nullable String field) {
    if (field == null) {
      return null;
    }
    List<String> ids = all(field);
    if (!ids.isEmpty()) {
      return ids.getFirst();
    }
    boolean word =
        !field.isEmpty() && field.length() < MAX_LENGTH && isPlain(field, 0, field.length());
    return word && field.indexOf('<') < 0 ? field : null;
  }

  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
