package dev.backstop.dns;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The names under which DNS keeps what belongs to an address. */
public final class ReverseName {
  private ReverseName() {}

  /** {@code 1.2.0.192.in-addr.arpa} or the nibbles under {@code ip6.arpa}. */
  public static DnsName of(InetAddress address) {
    return new DnsName(
        reversed(address) + (address instanceof Inet4Address ? ".in-addr.arpa" : ".ip6.arpa"));
  }

  /**
   * The same without the arpa zone, as lists of addresses are asked (RFC 5782 §2.1, §2.4): {@code
   * 1.2.0.192} for 192.0.2.1.
   */
  public static String reversed(InetAddress address) {
    byte[] octets = address.getAddress();
    var name = new StringBuilder(64);
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xff;
      if (octets.length == 4) {
        name.append(octet);
      } else {
        name.append(Character.forDigit(octet & 15, 16)).append('.');
        name.append(Character.forDigit(octet >> 4, 16));
      }
      name.append(i > 0 ? "." : "");
    }
    return name.toString();
  }
}
