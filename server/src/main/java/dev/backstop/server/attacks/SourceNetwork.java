package dev.backstop.server.attacks;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** The network that an address is likely to share with its neighbours. */
final class SourceNetwork {
  private SourceNetwork() {}

  /** The /24 of an IPv4 address, the /48 of an IPv6 address; empty for what is no address. */
  static Optional<String> of(String source) {
    try {
      InetAddress address = IpLiteral.parse(source);
      byte[] octets = address.getAddress();
      int prefix = octets.length == 4 ? 24 : 48;
      Arrays.fill(octets, prefix / Byte.SIZE, octets.length, (byte) 0);
      return Optional.of(IpLiteral.render(IpLiteral.of(octets)) + "/" + prefix);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
