package dev.backstop.edge.limits;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Who counts as one client: an address of IPv4, or the /64 of an address of IPv6, which is what one
 * customer has at the least and may take addresses from at will (RFC 6177).
 *
 * @param bits the address, or its first half
 */
record ClientNetwork(boolean six, long bits) {
  static ClientNetwork of(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4
        ? new ClientNetwork(false, ByteBuffer.wrap(octets).getInt())
        : new ClientNetwork(true, ByteBuffer.wrap(octets).getLong());
  }

  @Override
  public String toString() {
    byte[] octets = ByteBuffer.allocate(16).putLong(0, bits).array();
    return six
        ? IpLiteral.render(IpLiteral.of(octets)) + "/64"
        : IpLiteral.render(IpLiteral.of(Arrays.copyOfRange(octets, 4, 8)));
  }
}
