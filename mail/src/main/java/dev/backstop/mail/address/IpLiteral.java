package dev.backstop.mail.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses written as numbers. A name is never looked up. */
public final class IpLiteral {
  private IpLiteral() {}

  /**
   * Reads an IPv4 or IPv6 address without zone.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  public static InetAddress parse(String text) {
    // ofLiteral takes "127.1" and "1" too, which nobody means, and zones, which depend on the
    // machine
    boolean four = text.chars().filter(c -> c == '.').count() == 3;
    if ((!four && text.indexOf(':') < 0) || text.indexOf('%') >= 0) {
      throw new IllegalArgumentException("not an IPv4 or IPv6 address");
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an IPv4 or IPv6 address", e);
    }
  }

  /** From 4 or 16 octets in network order. */
  public static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("neither 4 nor 16 octets", e);
    }
  }

  /** As people write it: IPv6 in its short form (RFC 5952 §4.2), without zone. */
  public static String render(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length == 4) {
      return address.getHostAddress();
    }
    String[] groups = new String[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = Integer.toHexString((octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff));
    }
    return shortened(groups);
  }

  private static String shortened(String[] groups) {
    int start = 0;
    int length = 0;
    for (int i = 0; i < groups.length; i++) {
      int run = zeros(groups, i);
      if (run > length) {
        start = i;
        length = run;
      }
    }
    if (length < 2) { // RFC 5952 §4.2.2: one group alone is not shortened
      return String.join(":", groups);
    }
    return String.join(":", Arrays.copyOf(groups, start))
        + "::"
        + String.join(":", Arrays.copyOfRange(groups, start + length, groups.length));
  }

  private static int zeros(String[] groups, int from) {
    int end = from;
    while (end < groups.length && groups[end].equals("0")) {
      end++;
    }
    return end - from;
  }
}
