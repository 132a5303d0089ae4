package dev.backstop.auth.dmarc;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where reports are to go (RFC 9989 §4.6): any URI (RFC 3986), in practice {@code mailto:}.
 *
 * @param text as published, without the obsolete size; commas, semicolons and exclamation marks
 *     stand in it as percent codes only (RFC 9989 §4.8)
 */
public record ReportUri(String text) {
  private static final String MARKS = "-._~:/?#[]@$&'()*+=%";

  public ReportUri {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a report URI");
    }
  }

  static Optional<ReportUri> parse(String text) {
    return isValid(text) ? Optional.of(new ReportUri(text)) : Optional.empty();
  }

  /** The mailbox of a {@code mailto:} URI (RFC 6068 §2); empty for every other scheme. */
  public Optional<Mailbox> mailbox() {
    return mailbox(text);
  }

  private static boolean isValid(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        && colon < text.length() - 1
        && isScheme(text.substring(0, colon))
        && areUriCharacters(text)
        && (!isMailto(text) || mailbox(text).isPresent());
  }

  private static boolean isMailto(String text) {
    return text.regionMatches(true, 0, "mailto:", 0, 7);
  }

  /** RFC 3986 §3.1. */
  private static boolean isScheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean first = isLetter(c);
      if (!first && (i == 0 || !(isDigit(c) || c == '+' || c == '-' || c == '.'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean areUriCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && !isDigit(c) && MARKS.indexOf(c) < 0) {
        return false;
      }
      if (c == '%' && octet(text, i) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Mailbox> mailbox(String text) {
    if (!isMailto(text)) {
      return Optional.empty();
    }
    int query = text.indexOf('?');
    try {
      return Optional.of(
          Mailbox.parse(decoded(text.substring(7, query < 0 ? text.length() : query))));
    } catch (AddressSyntaxException _) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    var octets = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int octet = text.charAt(i) == '%' ? octet(text, i) : -1;
      octets.write(octet < 0 ? text.charAt(i) : octet);
      i += octet < 0 ? 0 : 2;
    }
    return octets.toString(StandardCharsets.UTF_8);
  }

  /** The octet of {@code %HH} at that index, or -1. */
  private static int octet(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return text;
  }
}
