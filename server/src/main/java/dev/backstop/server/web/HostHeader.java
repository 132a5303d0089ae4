package dev.backstop.server.web;

import org.jspecify.annotations.Nullable;

/**
 * Whether a request was meant for this machine's loopback. A web page somewhere can let its own
 * name point to 127.0.0.1 and then read our answers (DNS rebinding), but it cannot make the browser
 * send another Host than that name. Programs that send no Host (HTTP/1.0 health checks) are no
 * browsers.
 */
final class HostHeader {
  private HostHeader() {}

  static boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return true;
    }
    String name = withoutPort(host);
    return name.equalsIgnoreCase("localhost") || name.equals("[::1]") || isLoopback4(name);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  /** Numbers only: {@code 127.0.0.1.example.com} is a name that anybody can own. */
  private static boolean isLoopback4(String name) {
    return name.startsWith("127.")
        && name.length() <= 15
        && name.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
  }
}
