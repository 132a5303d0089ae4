package dev.backstop.edge.milter;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The mail server's client, from the connect packet.
 *
 * @param faked true when there is no client: Postfix pretends localhost, port 0, for mail that came
 *     by its sendmail command or was made by itself. No TCP client has port 0
 */
record Client(@Nullable InetAddress address, String name, boolean faked) {
  static final Client UNKNOWN = new Client(null, "unknown", false);

  private static final int LONGEST_NAME = 255;

  /** Host name, NUL, family; then for 4, 6 and L: port, address, NUL. */
  static Client parse(Packet packet) throws BadPacketException {
    int nameEnd = packet.endOfString(0);
    String name = packet.label(0, nameEnd, LONGEST_NAME);
    int family = nameEnd + 1;
    if (family >= packet.length()) {
      throw new BadPacketException("connect without address family");
    }
    return switch (packet.octet(family)) {
      case '4', '6' -> internet(packet, name, family + 1);
      default -> new Client(null, name, false); // U, L, and what may come: no address to judge
    };
  }

  private static Client internet(Packet packet, String name, int at) throws BadPacketException {
    if (packet.length() < at + 2) {
      throw new BadPacketException("connect without port");
    }
    int port = packet.int16(at);
    String text = packet.label(at + 2, packet.endOfString(at + 2), LONGEST_NAME);
    InetAddress address = literal(text);
    boolean faked = port == 0 && address != null && address.isLoopbackAddress();
    return new Client(address, name, faked);
  }

  /** Never a name: that would ask DNS for something a stranger chose. */
  private static @Nullable InetAddress literal(String text) {
    boolean prefixed = text.regionMatches(true, 0, "IPv6:", 0, 5); // as Sendmail writes it
    try {
      return InetAddress.ofLiteral(prefixed ? text.substring(5) : text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
