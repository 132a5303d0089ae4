package dev.backstop.auth.spf;

import dev.backstop.mail.address.IpLiteral;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addresses as records write them (RFC 7208 §5.6). A name is never looked up. */
final class NetworkText {
  private NetworkText() {}

  /** Four numbers without leading zeros; {@code null} for everything else. */
  static @Nullable Inet4Address ip4(String text) {
    byte[] octets = new byte[4];
    int at = 0;
    for (int i = 0; i < octets.length; i++) {
      int start = at;
      int value = 0;
      while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      boolean last = i == octets.length - 1;
      boolean ends = last ? at == text.length() : at < text.length() && text.charAt(at) == '.';
      if (at == start || leadingZero || value > 255 || !ends) {
        return null;
      }
      octets[i] = (byte) value;
      at++;
    }
    return IpLiteral.of(octets) instanceof Inet4Address address ? address : null;
  }

  /** RFC 4291 §2.2, without zone; {@code null} for everything else. */
  static @Nullable Inet6Address ip6(String text) {
    byte[] octets = new byte[16];
    int gap = text.indexOf("::");
    int head = groups(text, 0, gap < 0 ? text.length() : gap, octets, 0);
    if (head < 0 || gap < 0) {
      return head == octets.length ? sixteen(octets) : null;
    }
    int all = groups(text, gap + 2, text.length(), octets, head);
    if (all < 0 || all > octets.length - 2) { // "::" stands for one group at least
      return null;
    }
    int tail = octets.length - (all - head);
    System.arraycopy(octets, head, octets, tail, all - head);
    Arrays.fill(octets, head, tail, (byte) 0);
    return sixteen(octets);
  }

  /**
   * Reads groups between colons, with four numbers at the very end perhaps.
   *
   * @return how many octets there are now; -1 for anything else than groups, and for too many
   */
  private static int groups(String text, int start, int end, byte[] octets, int from) {
    int filled = from;
    int at = start;
    while (at < end) {
      int colon = text.indexOf(':', at);
      int stop = colon < 0 ? end : colon;
      byte[] group = group(text, at, stop);
      if (group == null || filled + group.length > octets.length || stop == end - 1) {
        return -1;
      }
      System.arraycopy(group, 0, octets, filled, group.length);
      filled += group.length;
      at = stop + 1;
    }
    return filled;
  }

  /** Two octets as one to four hex digits, or four as an IPv4 address at the end of the text. */
  private static byte @Nullable [] group(String text, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) <= 'f' ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0 || i - start == 4) {
        Inet4Address four = end == text.length() ? ip4(text.substring(start)) : null;
        return four == null ? null : four.getAddress();
      }
      value = value << 4 | digit;
    }
    return start == end ? null : new byte[] {(byte) (value >> 8), (byte) value};
  }

  /** What Java would make an IPv4 address of stays IPv6: {@code ::ffff:192.0.2.1}. */
  private static @Nullable Inet6Address sixteen(byte[] octets) {
    try {
      return Inet6Address.getByAddress(null, octets, -1);
    } catch (UnknownHostException _) {
      return null;
    }
  }

  /** An IPv4 client is IPv4 in the clothes of IPv6 too (RFC 7208 §5). */
  static InetAddress unmapped(InetAddress client) {
    byte[] octets = client.getAddress();
    boolean mapped = octets.length == 16 && octets[10] == -1 && octets[11] == -1;
    for (int i = 0; i < 10 && mapped; i++) {
      mapped = octets[i] == 0;
    }
    return mapped ? IpLiteral.of(Arrays.copyOfRange(octets, 12, 16)) : client;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
