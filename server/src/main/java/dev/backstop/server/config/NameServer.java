package dev.backstop.server.config;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A name server to ask.
 *
 * @param port 1 to 65535, mostly 53
 */
public record NameServer(InetAddress address, int port) {
  private static final int USUAL_PORT = 53;

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.1:5353}, {@code 2001:db8::1} or {@code
   * [2001:db8::1]:5353}. Names are not looked up: whom should we ask?
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  public static NameServer parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    String host = hasPort ? text.substring(0, colon) : text;
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new NameServer(
        IpLiteral.parse(bracketed ? host.substring(1, host.length() - 1) : host),
        hasPort ? port(text.substring(colon + 1)) : USUAL_PORT);
  }

  private static int port(String text) {
    boolean number =
        !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = number ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the port is not a number from 1 to 65535");
    }
    return port;
  }

  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(address, port);
  }

  @Override
  public String toString() {
    String host = IpLiteral.render(address);
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
