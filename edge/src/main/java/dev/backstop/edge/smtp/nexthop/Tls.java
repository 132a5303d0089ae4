package dev.backstop.edge.smtp.nexthop;

import java.io.IOException;
import java.nio.channels.ByteChannel;

/** Encrypts a connection to a next hop. */
@FunctionalInterface
public interface Tls {
  /**
   * Shakes hands as the client.
   *
   * @param plain gives octets of one TLS record at most with each read, so that nothing that comes
   *     later hides in a buffer above it
   * @return the same connection, encrypted; a read that asks for 16 KiB gives all that the current
   *     record holds
   * @throws IOException when the handshake fails, or the certificate is not what it must be
   */
  ByteChannel secure(ByteChannel plain, String host, int port) throws IOException;
}
