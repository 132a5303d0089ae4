package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.ListenAddress;
import dev.backstop.mail.address.IpLiteral;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A server that mail is handed on to, and how.
 *
 * @param lmtp LMTP (RFC 2033) instead of SMTP
 */
public record NextHop(Address address, boolean lmtp, TlsPolicy tls, Identify identify) {
  private static final int SMTP_PORT = 25;
  private static final int LMTP_PORT = 24; // RFC 2033 forbids 25; 24 is IANA's "private mail"

  /** Whether the connection is encrypted. */
  public enum TlsPolicy {
    NONE,
    /** Where it is offered and the handshake succeeds; never to this machine itself. */
    MAY,
    /** Always, with any certificate. */
    REQUIRE,
    /** Always, with a certificate of that name from an authority that we trust. */
    VERIFY
  }

  /** How the hop is told who the client is. */
  public enum Identify {
    /** XCLIENT where it is offered, else XFORWARD where it is offered. */
    AUTO,
    NONE,
    XCLIENT,
    XFORWARD,
    PROXY_V1,
    PROXY_V2
  }

  /** Where it is. */
  public sealed interface Address {
    /** Whether it is on this machine, by its name alone: nothing is looked up. */
    boolean isLocal();

    /**
     * A host and a port.
     *
     * @param host a name, or an address without brackets
     */
    record Tcp(String host, int port) implements Address {
      @Override
      public boolean isLocal() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d+){3}");
      }

      @Override
      public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
      }
    }

    /**
     * A unix socket.
     *
     * @param path absolute
     */
    record Unix(Path path) implements Address {
      @Override
      public boolean isLocal() {
        return true;
      }

      @Override
      public String toString() {
        return "unix:" + path;
      }
    }
  }

  /**
   * Reads {@code mail.example.com:25}, {@code 192.0.2.1}, {@code [2001:db8::1]:25} or {@code
   * unix:/path}, each also with {@code lmtp:} before it. Without a port it is 25, for LMTP 24.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  public static NextHop parse(String text, TlsPolicy tls, Identify identify) {
    boolean lmtp = text.startsWith("lmtp:");
    String place = lmtp ? text.substring("lmtp:".length()) : text;
    return new NextHop(address(place, lmtp ? LMTP_PORT : SMTP_PORT), lmtp, tls, identify);
  }

  private static Address address(String text, int defaultPort) {
    if (text.startsWith("unix:")) {
      return new Address.Unix(Names.socketPath(text.substring("unix:".length())));
    }
    if (text.startsWith("[")) {
      int bracket = text.indexOf(']');
      if (bracket < 0) {
        throw new IllegalArgumentException("has no closing bracket");
      }
      String host = IpLiteral.render(IpLiteral.parse(text.substring(1, bracket)));
      return new Address.Tcp(host, port(text.substring(bracket + 1), defaultPort));
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw new IllegalArgumentException("an IPv6 address stands in brackets before the port");
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    return new Address.Tcp(
        Names.host(host), port(colon < 0 ? "" : text.substring(colon), defaultPort));
  }

  private static int port(String text, int otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    int port = text.matches(":\\d{1,5}") ? Integer.parseInt(text.substring(1)) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the port is not a number from 1 to 65535");
    }
    return port;
  }

  /** What a host and a socket may be called. */
  private static final class Names {
    private static final Pattern HOST =
        Pattern.compile("(?!-)[a-z0-9_-]{1,63}(\\.(?!-)[a-z0-9_-]{1,63})*\\.?");

    private Names() {}

    static String host(String text) {
      String host = text.toLowerCase(Locale.ROOT);
      if (host.length() > 254 || !HOST.matcher(host).matches()) {
        throw new IllegalArgumentException("not a host name or address");
      }
      if (host.matches("[0-9.]+")) {
        return IpLiteral.render(IpLiteral.parse(host));
      }
      return host;
    }

    static Path socketPath(String text) {
      // the same rules as for a socket that we listen on
      return ((ListenAddress.Unix) ListenAddress.parse("unix:" + text)).path();
    }
  }

  @Override
  public String toString() {
    return (lmtp ? "lmtp:" : "") + address;
  }
}
