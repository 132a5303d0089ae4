package dev.backstop.auth.doctor.ask;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that nobody outside can reach (RFC 6890 §2.2). Those of examples (RFC 5737) are not
 * among them, so that examples can be given.
 */
public final class SpecialAddress {
  private SpecialAddress() {}

  /** What is special, as an adjective; empty for an address that the world can reach. */
  public static Optional<String> kind(InetAddress address) {
    byte[] octets = address.getAddress();
    int first = octets[0] & 0xff;
    int second = octets[1] & 0xff;
    if (address.isLoopbackAddress()) {
      return Optional.of("loopback");
    }
    if (address.isAnyLocalAddress() || (octets.length == 4 && first == 0)) {
      return Optional.of("unspecified");
    }
    if (address.isLinkLocalAddress()) {
      return Optional.of("link-local");
    }
    boolean unique = octets.length == 16 && (first & 0xfe) == 0xfc; // fc00::/7
    if (address.isSiteLocalAddress() || unique) {
      return Optional.of("private");
    }
    if (octets.length == 4 && first == 100 && (second & 0xc0) == 64) { // 100.64.0.0/10
      return Optional.of("carrier-internal");
    }
    boolean reserved = octets.length == 4 && first >= 240;
    return address.isMulticastAddress() || reserved ? Optional.of("reserved") : Optional.empty();
  }
}
