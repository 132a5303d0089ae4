package dev.backstop.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses written as numbers. A name is never looked up. */
final class Literal {
  private Literal() {}

  /**
   * @throws IllegalArgumentException with the reason in plain words
   */
  static InetAddress parse(String text) {
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

  static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("neither 4 nor 16 octets", e);
    }
  }
}
