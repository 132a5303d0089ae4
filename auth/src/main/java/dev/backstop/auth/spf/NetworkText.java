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
    if (text.indexOf(':') < 0 || !hasGroups(text)) {
      return null;
    }
    try {
      return sixteen(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Groups of at most four hex digits, with four numbers at the end perhaps. */
  private static boolean hasGroups(String text) {
    int end = text.length();
    if (text.indexOf('.') >= 0) {
      int colon = text.lastIndexOf(':');
      if (ip4(text.substring(colon + 1)) == null) {
        return false;
      }
      end = colon;
    }
    int group = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      group = c == ':' ? 0 : group + 1;
      if (group > 4 || (c != ':' && Character.digit(c, 16) < 0) || c > 'f') {
        return false;
      }
    }
    return true;
  }

  /** Java makes an IPv4 address of {@code ::ffff:192.0.2.1}; in {@code ip6} it stays what it is. */
  private static @Nullable Inet6Address sixteen(InetAddress address) {
    if (address instanceof Inet6Address six) {
      return six;
    }
    byte[] octets = new byte[16];
    Arrays.fill(octets, 10, 12, (byte) 0xff); // RFC 4291 §2.5.5.2
    System.arraycopy(address.getAddress(), 0, octets, 12, 4);
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
