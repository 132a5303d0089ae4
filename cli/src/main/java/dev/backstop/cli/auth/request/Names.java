package dev.backstop.cli.auth.request;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;

/** Reads addresses and domains that a user gives. */
public final class Names {
  private Names() {}

  /**
   * Reads the address of a client.
   *
   * @throws IllegalArgumentException what is wrong and how it can be mended
   */
  public static InetAddress address(String text) {
    try {
      return IpLiteral.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not an IPv4 or IPv6 address; write 192.0.2.1 or 2001:db8::1", e);
    }
  }

  /**
   * Reads a domain.
   *
   * @throws IllegalArgumentException what is wrong and how it can be mended
   */
  public static DnsName domain(String text) {
    return DnsName.parse(text)
        .filter(name -> hasOnlyNameCharacters(name.text()))
        .orElseThrow(() -> new IllegalArgumentException("not a domain; write example.com"));
  }

  /** One or more of letters, digits, hyphens, underscores and dots. */
  static boolean hasOnlyNameCharacters(String text) {
    return !text.isEmpty() && text.chars().allMatch(Names::isNameCharacter);
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.".indexOf(c) >= 0;
  }
}
