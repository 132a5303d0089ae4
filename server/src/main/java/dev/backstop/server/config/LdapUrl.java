package dev.backstop.server.config;

import java.util.Locale;

/**
 * Where an LDAP server listens (the first parts of a URL of RFC 4516 §2).
 *
 * @param tls whether TLS begins with the first octet
 * @param server its port is 389 or 636 when none is written
 */
public record LdapUrl(boolean tls, HostPort server) {
  private static final int PORT = 389;
  private static final int TLS_PORT = 636;

  /**
   * @throws IllegalArgumentException with the reason in plain words
   */
  static LdapUrl parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean tls = lower.startsWith("ldaps://");
    if (!tls && !lower.startsWith("ldap://")) {
      throw new IllegalArgumentException("must begin with ldap:// or ldaps://");
    }
    String rest = text.substring(tls ? 8 : 7);
    String server = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    if (server.indexOf('/') >= 0 || server.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "must end after the port: base and filter have keys of their own");
    }
    return new LdapUrl(tls, HostPort.parse(server, tls ? TLS_PORT : PORT));
  }

  @Override
  public String toString() {
    return (tls ? "ldaps://" : "ldap://") + server;
  }
}
