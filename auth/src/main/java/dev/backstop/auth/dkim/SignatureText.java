package dev.backstop.auth.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Writes the value of a DKIM-Signature field, folded between tags and names so that no line is
 * longer than it must be; base64 is folded too (RFC 6376 §3.5). Longer lines are folded by others
 * on the way, and not always well.
 */
final class SignatureText {
  static final String FIELD_NAME = "DKIM-Signature";

  /** RFC 5322 §2.1.1 wants 78 characters; two are left for those who quote. */
  private static final int COLUMNS = 76;

  private final StringBuilder text = new StringBuilder(1024);
  private int column = FIELD_NAME.length() + 1;

  /** A word after a blank, or on a new line. */
  SignatureText word(String word) {
    if (column + 1 + word.length() > COLUMNS) {
      fold();
    } else {
      text.append(' ');
      column++;
    }
    return put(word);
  }

  /** A list between colons, as one tag. */
  SignatureText names(String tag, List<String> names) {
    word(tag + "=" + names.getFirst());
    for (String name : names.subList(1, names.size())) {
      put(":");
      if (column + name.length() + 1 > COLUMNS) {
        fold();
      }
      put(name);
    }
    return put(";");
  }

  /** Base64 that fills its lines. */
  SignatureText base64(byte[] octets) {
    String base64 = base64Of(octets);
    int at = 0;
    while (at < base64.length()) {
      if (column >= COLUMNS) {
        fold();
      }
      int end = Math.min(base64.length(), at + COLUMNS - column);
      put(base64.substring(at, end));
      at = end;
    }
    return this;
  }

  static String base64Of(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  private SignatureText put(String piece) {
    text.append(piece);
    column += piece.length();
    return this;
  }

  private void fold() {
    text.append("\r\n ");
    column = 1;
  }

  byte[] octets() {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
