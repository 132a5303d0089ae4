package dev.backstop.auth.spf;

import java.net.InetAddress;

/**
 * How many leading bits of addresses that a name server gives must agree (RFC 7208 §5.6).
 *
 * @param ip4 0 to 32
 * @param ip6 0 to 128
 */
public record CidrLengths(int ip4, int ip6) {
  /** Without a length, the whole address. */
  public static final CidrLengths WHOLE = new CidrLengths(32, 128);

  /** Whether both are of one family and agree in its leading bits. */
  boolean agree(InetAddress one, InetAddress other) {
    byte[] octets = one.getAddress();
    return agree(octets, other.getAddress(), octets.length == 4 ? ip4 : ip6);
  }

  static boolean agree(byte[] one, byte[] other, int bits) {
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < bits / 8; i++) {
      if (one[i] != other[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((one[bits / 8] ^ other[bits / 8]) & 0xff) >> (8 - rest) == 0;
  }
}
