package dev.backstop.auth.dkim;

import dev.backstop.mail.message.HeaderField;
import java.util.Arrays;

/**
 * Canonicalizes header fields (RFC 6376 §3.4.1, §3.4.2) one after the other into one array. LF
 * alone counts as CRLF, as in bodies.
 */
final class HeaderCanonicalizer {
  private final Canonicalization form;
  private final byte[] out;
  private int length;

  /**
   * @param bound of what will be written, see {@link #bound}
   */
  HeaderCanonicalizer(Canonicalization form, int bound) {
    this.form = form;
    this.out = new byte[bound];
  }

  /** No canonical form of the field is longer, its line end included. */
  static int bound(HeaderField field) {
    int lineFeeds = 0;
    for (byte b : field.value()) {
      lineFeeds += b == '\n' ? 1 : 0;
    }
    return field.name().length() + 1 + field.value().length + lineFeeds + 2;
  }

  /** Adds a field, without its line end. */
  void add(HeaderField field) {
    switch (form) {
      case SIMPLE -> addSimple(field);
      case RELAXED -> addRelaxed(field);
    }
  }

  void addLineEnd() {
    out[length++] = '\r';
    out[length++] = '\n';
  }

  private void addSimple(HeaderField field) {
    String name = field.name();
    for (int i = 0; i < name.length(); i++) {
      out[length++] = (byte) name.charAt(i);
    }
    out[length++] = ':';
    byte before = ':';
    for (byte b : field.value()) {
      if (b == '\n' && before != '\r') {
        out[length++] = '\r';
      }
      out[length++] = b;
      before = b;
    }
  }

  /** RFC 6376 §3.4.2: lower-case name, unfolded, one blank for many, none at either end. */
  private void addRelaxed(HeaderField field) {
    String name = field.name();
    for (int i = 0; i < name.length() && !isBlank((byte) name.charAt(i)); i++) {
      char c = name.charAt(i);
      out[length++] = (byte) (c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    out[length++] = ':';
    byte[] value = field.value();
    boolean blank = false;
    boolean begun = false;
    for (int i = 0; i < value.length; i++) {
      byte b = value[i];
      if (isBlank(b)) {
        blank = begun;
      } else if (!isLineEnd(value, i)) {
        if (blank) {
          out[length++] = ' ';
          blank = false;
        }
        begun = true;
        out[length++] = b;
      }
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isLineEnd(byte[] value, int at) {
    return value[at] == '\n'
        || (value[at] == '\r' && at + 1 < value.length && value[at + 1] == '\n');
  }

  byte[] octets() {
    return Arrays.copyOf(out, length);
  }
}
