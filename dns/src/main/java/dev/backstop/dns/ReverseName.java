package dev.backstop.dns;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * The names under which DNS keeps what belongs to an address. An IPv4 address in the clothes of
 * IPv6 ({@code ::ffff:192.0.2.1}, RFC 4291 §2.5.5.2) is an IPv4 address.
 */
public final class ReverseName {
  private static final int IPV4 = 4;
  private static final int MAPPED_PREFIX = 12;

  private ReverseName() {}

  /** {@code 1.2.0.192.in-addr.arpa} or the nibbles under {@code ip6.arpa}. */
  public static DnsName of(InetAddress address) {
    byte[] octets = octets(address);
    return new DnsName(reversed(octets) + (octets.length == IPV4 ? ".in-addr.arpa" : ".ip6.arpa"));
  }

  /**
   * The same without the arpa zone, as lists of addresses are asked (RFC 5782 §2.1, §2.4): {@code
   * 1.2.0.192} for 192.0.2.1.
   */
  public static String reversed(InetAddress address) {
    return reversed(octets(address));
  }

  private static String reversed(byte[] octets) {
    var name = new StringBuilder(64);
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xff;
      if (octets.length == IPV4) {
        name.append(octet);
      } else {
        name.append(Character.forDigit(octet & 15, 16)).append('.');
        name.append(Character.forDigit(octet >> 4, 16));
      }
      name.append(i > 0 ? "." : "");
    }
    return name.toString();
  }

  private static byte[] octets(InetAddress address) {
    byte[] octets = address.getAddress();
    return isMapped(octets) ? Arrays.copyOfRange(octets, MAPPED_PREFIX, octets.length) : octets;
  }

  private static boolean isMapped(byte[] octets) {
    for (int i = 0; i < MAPPED_PREFIX && octets.length > IPV4; i++) {
      if (octets[i] != (i < 10 ? 0 : (byte) 0xff)) {
        return false;
      }
    }
    return octets.length > IPV4;
  }
}
