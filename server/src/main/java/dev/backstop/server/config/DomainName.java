package dev.backstop.server.config;

import java.net.IDN;
import java.util.Locale;

/** Domain names as they are compared: lower-case A-labels (RFC 5890 §2.3.2.1), no final dot. */
public final class DomainName {
  /** RFC 1035 §2.3.4, as text without the final dot. */
  private static final int MAX_LENGTH = 253;

  private static final int MAX_LABEL = 63;

  /**
   * Letters and joiners that IDNA 2003, which the JDK speaks, maps away while IDNA 2008 (RFC 5892)
   * keeps them: {@code straße.example} would silently become another domain.
   */
  private static final String AMBIGUOUS = "\u00df\u1e9e\u03c2\u200c\u200d";

  private DomainName() {}

  /**
   * @throws IllegalArgumentException with the reason in plain words
   */
  static String parse(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "not a domain name: must have 1 to " + MAX_LENGTH + " characters");
    }
    if (text.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "has a letter that old and new rules map differently: write it with xn-- labels");
    }
    String ascii = toAscii(text);
    if (ascii.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("not a domain name: longer than " + MAX_LENGTH);
    }
    for (String label : ascii.split("\\.", -1)) {
      checkLabel(label);
    }
    if (isNumber(ascii.substring(ascii.lastIndexOf('.') + 1))) {
      throw new IllegalArgumentException("not a domain name but an address");
    }
    return ascii;
  }

  /** Whether a configured name and one from a mail are the same domain. */
  static boolean same(String configured, String received) {
    return configured.equalsIgnoreCase(received)
        || (!isAscii(received) && configured.equals(parseOrSame(received)));
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  /** For names from mail: what is no domain name stays as it is, and matches nothing. */
  public static String parseOrSame(String received) {
    try {
      return parse(received);
    } catch (IllegalArgumentException e) {
      return received;
    }
  }

  private static String toAscii(String text) {
    try {
      return IDN.toASCII(text).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a domain name: " + e.getMessage(), e);
    }
  }

  /** RFC 1123 §2.1: letters, digits and hyphens, no hyphen at either end. */
  private static void checkLabel(String label) {
    if (label.isEmpty()) {
      throw new IllegalArgumentException("not a domain name: a dot too many");
    }
    if (label.length() > MAX_LABEL) {
      throw new IllegalArgumentException("not a domain name: a part longer than " + MAX_LABEL);
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      throw new IllegalArgumentException("not a domain name: \"" + label + "\" ends in a hyphen");
    }
    for (int i = 0; i < label.length(); i++) {
      char c = label.charAt(i);
      if ("abcdefghijklmnopqrstuvwxyz0123456789-".indexOf(c) < 0) {
        throw new IllegalArgumentException("not a domain name: '" + c + "' is not allowed in it");
      }
    }
  }

  private static boolean isNumber(String label) {
    return label.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
