package dev.backstop.edge.smtp.nexthop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The client on whose behalf we connect.
 *
 * @param address {@code null} where it has none, as on a unix socket
 * @param port 0 if unknown
 * @param name its verified host name
 * @param helo what it said in HELO or EHLO, as it came
 * @param esmtp whether that was EHLO
 * @param tls whether it talks to us encrypted
 * @param local the address of ours that it connected to
 */
public record ClientIdentity(
    @Nullable InetAddress address,
    int port,
    @Nullable String name,
    @Nullable String helo,
    boolean esmtp,
    boolean tls,
    @Nullable InetSocketAddress local) {

  /** Nothing is known. */
  static final ClientIdentity NOBODY = new ClientIdentity(null, 0, null, null, true, false, null);
}
