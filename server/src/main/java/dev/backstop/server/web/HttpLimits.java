package dev.backstop.server.web;

import java.util.Map;

/**
 * Bounds of the JDK's HTTP server. It knows them as system properties only, read once when its
 * first server is made; whoever sets them on the command line wins.
 */
final class HttpLimits {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // seconds from the first octet of a request to the last
          "sun.net.httpserver.maxReqTime", "10",
          // seconds for the answer
          "sun.net.httpserver.maxRspTime", "30",
          // seconds a connection may stay open between requests
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxIdleConnections", "32",
          "jdk.httpserver.maxConnections", "128",
          "sun.net.httpserver.maxReqHeaders", "64",
          // octets of all of them
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          // an answer is one write: nothing gained by waiting for more
          "sun.net.httpserver.nodelay", "true");

  private HttpLimits() {}

  static void apply() {
    PROPERTIES.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
