package dev.backstop.mail.header;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** IP addresses written in running text. Shape only: digits and dots, or hex digits and colons. */
public final class IpText {
  private IpText() {}

  /**
   * An address and where the search for the next may go on.
   *
   * @param address without brackets, {@code IPv6:} and scope, lower case
   */
  public record Found(String address, int end) {}

  /** The first address at or after {@code from}. */
  public static @Nullable Found find(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (!isAddressChar(text.charAt(at)) || (at > 0 && isWord(text.charAt(at - 1)))) {
        at++;
        continue;
      }
      int end = at;
      int marks = 0;
      while (end < text.length() && isAddressChar(text.charAt(end))) {
        marks += text.charAt(end) == '.' || text.charAt(end) == ':' ? 1 : 0;
        end++;
      }
      if (marks < 2) {
        at = end;
        continue;
      }
      boolean wordGoesOn = end < text.length() && isWord(text.charAt(end));
      String candidate = trimmed(text.substring(at, end));
      if (!wordGoesOn && (isV4(candidate) || isV6(candidate))) {
        return new Found(candidate.toLowerCase(Locale.ROOT), end);
      }
      at = end;
    }
    return null;
  }

  private static String trimmed(String candidate) {
    int end = candidate.length();
    while (end > 0 && (candidate.charAt(end - 1) == '.' || candidate.charAt(end - 1) == ':')) {
      end--; // the end of a sentence; an address that really ends in "::" is not a mail host's
    }
    String bare = candidate.substring(0, end);
    int dot = bare.indexOf('.');
    int v4 = dot < 0 ? -1 : bare.lastIndexOf(':', dot) + 1;
    if (v4 > 2 && bare.regionMatches(true, v4 - 5, "ffff:", 0, 5)) {
      return bare.substring(v4); // RFC 4291 §2.5.5.2: an IPv4 address in the clothes of IPv6
    }
    int port = bare.indexOf(':');
    return port > 0 && isV4(bare.substring(0, port)) ? bare.substring(0, port) : bare;
  }

  private static boolean isAddressChar(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'f')
        || (c >= 'A' && c <= 'F')
        || c == '.'
        || c == ':';
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '@';
  }

  private static boolean isV4(String text) {
    if (text.length() < 7 || text.length() > 15) {
      return false;
    }
    int groups = 0;
    int value = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (value < 0 || value > 255) {
          return false;
        }
        groups++;
        value = -1;
      } else if (c >= '0' && c <= '9') {
        value = (value < 0 ? 0 : value * 10) + c - '0';
      } else {
        return false;
      }
    }
    return groups == 4;
  }

  private static boolean isV6(String text) {
    int colons = 0;
    int group = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      group = c == ':' ? 0 : group + 1;
      colons += c == ':' ? 1 : 0;
      if (c == '.' || group > 4) {
        return false;
      }
    }
    return colons >= 2 && colons <= 7 && (colons == 7 || text.contains("::")) && text.length() > 3;
  }
}
