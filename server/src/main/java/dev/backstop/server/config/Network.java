package dev.backstop.server.config;

import dev.backstop.mail.address.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of addresses, {@code 192.0.2.0/24} or {@code 2001:db8::/32} (RFC 4632 §3.1, RFC 4291
 * §2.3).
 *
 * @param address the first of the block: no bit set after the prefix
 * @param prefix bits that count: 0 to 32 or 128
 */
public record Network(InetAddress address, int prefix) {

  /** Loopback of both families: clients on this machine. */
  static final Network LOOPBACK_4 = parse("127.0.0.0/8");

  static final Network LOOPBACK_6 = parse("::1/128");

  /**
   * Reads a block; an address alone is a block of one.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * Byte.SIZE;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits);
    InetAddress first = IpLiteral.of(masked(address.getAddress(), prefix));
    if (!first.equals(address)) {
      throw new IllegalArgumentException(
          "has bits set after the prefix: is it %s/%d?".formatted(first.getHostAddress(), prefix));
    }
    return new Network(address, prefix);
  }

  /**
   * The block of that size around an address.
   *
   * @param prefix bits that count: 0 to 32 or 128
   */
  public static Network around(InetAddress address, int prefix) {
    return new Network(IpLiteral.of(masked(address.getAddress(), prefix)), prefix);
  }

  /** Bits of the largest networks that anybody has: 10.0.0.0/8 and fc00::/7 (RFC 4193). */
  int leastPrefix() {
    return address instanceof Inet4Address ? 8 : 7;
  }

  /** Whether the block holds that address; never for one of the other family. */
  public boolean contains(InetAddress other) {
    byte[] bytes = other.getAddress();
    return bytes.length == address.getAddress().length
        && Arrays.equals(masked(bytes, prefix), address.getAddress());
  }

  @Override
  public String toString() {
    return IpLiteral.render(address) + "/" + prefix;
  }

  private static int prefix(String text, int bits) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("what stands after the slash is not a number of bits");
    }
    int prefix = Integer.parseInt(text);
    if (prefix > bits) {
      throw new IllegalArgumentException("the prefix is longer than " + bits + " bits");
    }
    return prefix;
  }

  private static byte[] masked(byte[] bytes, int prefix) {
    byte[] masked = bytes.clone();
    for (int bit = prefix; bit < masked.length * Byte.SIZE; bit++) {
      masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    return masked;
  }
}
