package dev.backstop.edge;

import dev.backstop.mail.address.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a door listens. */
public sealed interface ListenAddress {

  /** For whoever binds it or connects to it. */
  SocketAddress toSocketAddress();

  /** Whether other machines can reach it. */
  boolean isPublic();

  /**
   * An internet address with a port.
   *
   * @param port 0 to 65535; 0 lets the system choose
   */
  record Tcp(InetAddress address, int port) implements ListenAddress {
    @Override
    public InetSocketAddress toSocketAddress() {
      return new InetSocketAddress(address, port);
    }

    @Override
    public boolean isPublic() {
      return !address.isLoopbackAddress();
    }

    @Override
    public String toString() {
      String host = IpLiteral.render(address);
      return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * A unix socket.
   *
   * @param path absolute
   */
  record Unix(Path path) implements ListenAddress {
    /** {@code sun_path} has 108 octets on Linux and 104 elsewhere, the final NUL included. */
    static final int MAX_OCTETS = 103;

    @Override
    public UnixDomainSocketAddress toSocketAddress() {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public boolean isPublic() {
      return false;
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * The listening socket that our parent process hands over as file descriptor 0 and keeps open
   * itself, so that no connection is refused while we are started anew. Which address it has the
   * parent decides; it must be claimed by one door only.
   */
  record Inherited() implements ListenAddress {
    /** As it stands in the configuration. */
    static final String TEXT = "inherited";

    /**
     * Its real address.
     *
     * @throws IllegalStateException if there is no such socket
     */
    @Override
    public SocketAddress toSocketAddress() {
      return InheritedSocket.address()
          .orElseThrow(() -> new IllegalStateException("no socket was inherited"))
          .toSocketAddress();
    }

    /** By its real address; false, too, while there is no such socket. */
    @Override
    public boolean isPublic() {
      return InheritedSocket.address().map(ListenAddress::isPublic).orElse(false);
    }

    @Override
    public String toString() {
      return TEXT;
    }
  }

  /**
   * Reads {@code 127.0.0.1:8891}, {@code [::1]:8891}, {@code unix:/run/backstop/milter} or {@code
   * inherited}.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  static ListenAddress parse(String text) {
    if (text.equals(Inherited.TEXT)) {
      return new Inherited();
    }
    return text.startsWith("unix:") ? unix(text.substring("unix:".length())) : parseTcp(text);
  }

  /**
   * As {@link #parse}, without unix and inherited sockets.
   *
   * @throws IllegalArgumentException with the reason in plain words
   */
  static Tcp parseTcp(String text) {
    if (text.equals(Inherited.TEXT)) {
      throw new IllegalArgumentException("an inherited socket cannot be used here");
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("has no port");
    }
    String host = text.substring(0, colon);
    if (host.equals("localhost")) {
      throw new IllegalArgumentException("localhost has two addresses: write 127.0.0.1 or [::1]");
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.indexOf(':') >= 0 && !bracketed) {
      throw new IllegalArgumentException("an IPv6 address stands in brackets before the port");
    }
    InetAddress address = IpLiteral.parse(bracketed ? host.substring(1, host.length() - 1) : host);
    return new Tcp(address, port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 5 || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("the port is not a number from 0 to 65535");
    }
    return Integer.parseInt(text);
  }

  private static Unix unix(String text) {
    try {
      Path path = Path.of(text);
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("the path of a unix socket starts with /");
      }
      if (text.getBytes(StandardCharsets.UTF_8).length > Unix.MAX_OCTETS) {
        throw new IllegalArgumentException(
            "the path of a unix socket has at most " + Unix.MAX_OCTETS + " octets");
      }
      return new Unix(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + e.getReason(), e);
    }
  }
}
