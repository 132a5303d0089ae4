package dev.backstop.edge.proxy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a load balancer says of a connection. Names are never looked up, only addresses in numbers
 * are read.
 *
 * @param client who connected to it; {@code null}: itself, somebody on its machine, or it does not
 *     know: the addresses of the connection count then
 * @param local where the client connected to; {@code null} in a header that was read only if the
 *     client is, and written as the address of all zeros if the client is not
 */
public record ProxyHeader(@Nullable InetSocketAddress client, @Nullable InetSocketAddress local) {
  /** Octets of the longest header that is read: one segment that every network carries whole. */
  public static final int MAX = 536;

  /** Nothing is known of the client. */
  static final ProxyHeader UNKNOWN = new ProxyHeader(null, null);

  public ProxyHeader {
    if (isName(client) || isName(local)) {
      throw new IllegalArgumentException("a name is no address");
    }
  }

  private static boolean isName(@Nullable InetSocketAddress address) {
    return address != null && address.isUnresolved();
  }

  /** How far reading has come. */
  public sealed interface Parsed {
    /** So far so good; call again with more octets, of which there are at most {@link #MAX}. */
    record Incomplete() implements Parsed {}

    /**
     * A whole header.
     *
     * @param length its octets; what the client itself sent follows
     */
    record Done(ProxyHeader header, int length) implements Parsed {}

    /**
     * No header, and none with more octets. The connection must be closed without a word: what else
     * came may be anything.
     *
     * @param reason in plain words, without what came
     */
    record Bad(String reason) implements Parsed {}
  }

  /** What is no header. */
  static final class BadHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    BadHeaderException(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads a header of either version at the beginning of what came.
   *
   * @param to after the last octet that is there
   */
  public static Parsed parse(byte[] octets, int from, int to) {
    int there = to - from;
    if (there == 0) {
      return new Parsed.Incomplete();
    }
    try {
      return octets[from] == 'P'
          ? TextHeader.parse(octets, from, there)
          : BinaryHeader.parse(octets, from, there);
    } catch (BadHeaderException e) {
      return new Parsed.Bad(e.reason());
    }
  }

  /** Whether the octets begin as this does, as far as both go. */
  static boolean beginsAs(byte[] begin, byte[] octets, int from, int there) {
    for (int i = 0; i < Math.min(begin.length, there); i++) {
      if (octets[from + i] != begin[i]) {
        return false;
      }
    }
    return true;
  }

  /** The line of version 1. */
  public byte[] v1() {
    return client == null ? TextHeader.unknown() : TextHeader.render(client, localOf(client));
  }

  /** The octets of version 2; LOCAL where the client is not known. */
  public byte[] v2() {
    return client == null ? BinaryHeader.unknown() : BinaryHeader.render(client, localOf(client));
  }

  private InetSocketAddress localOf(InetSocketAddress client) {
    if (local != null) {
      return local;
    }
    boolean four = client.getAddress() instanceof Inet4Address;
    return new InetSocketAddress(InetAddress.ofLiteral(four ? "0.0.0.0" : "::"), 0);
  }

  /** Whether both are of IPv4, so that no address has to be written as one of IPv6. */
  static boolean four(InetSocketAddress one, InetSocketAddress other) {
    return one.getAddress() instanceof Inet4Address && other.getAddress() instanceof Inet4Address;
  }
}
