package dev.backstop.server.config;

import dev.backstop.dns.NameServers;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A name server to ask.
 *
 * @param port 1 to 65535, mostly 53
 */
public record NameServer(InetAddress address, int port) {

  /**
   * Reads {@code 192.0.2.1}, {@code 192.0.2.1:5353}, {@code 2001:db8::1} or {@code
   * [2001:db8::1]:5353}. Names are not looked up: whom should we ask?
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  public static NameServer parse(String text) {
    InetSocketAddress server =
        NameServers.parse(text)
            .orElseThrow(() -> new IllegalArgumentException("not an address, or not a port of it"));
    return new NameServer(server.getAddress(), server.getPort());
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
