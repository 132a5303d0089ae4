package dev.backstop.server.config;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;

/**
 * A server by its name or address.
 *
 * @param host a domain name in lower-case A-labels, or an address without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

  /**
   * Reads {@code mail.example.com}, {@code 192.0.2.1:25} or {@code [2001:db8::1]:25}.
   *
   * @param port when the text has none
   * @throws IllegalArgumentException with the reason in plain words
   */
  static HostPort parse(String text, int port) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("has no closing bracket");
      }
      InetAddress address = IpLiteral.parse(text.substring(1, end));
      return new HostPort(IpLiteral.render(address), port(text.substring(end + 1), port));
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw new IllegalArgumentException("an IPv6 address stands in brackets: [::1]:" + port);
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    return new HostPort(host(host), port(colon < 0 ? "" : text.substring(colon), port));
  }

  private static String host(String text) {
    boolean number =
        !text.isEmpty() && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return number ? IpLiteral.render(IpLiteral.parse(text)) : DomainName.parse(text);
  }

  private static int port(String text, int usual) {
    if (text.isEmpty()) {
      return usual;
    }
    String digits = text.substring(1);
    if (text.charAt(0) == ':' && digits.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(digits);
      if (port > 0 && port < 65_536) {
        return port;
      }
    }
    throw new IllegalArgumentException("has no port from 1 to 65535 after the colon");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
