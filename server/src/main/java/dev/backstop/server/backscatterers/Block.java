package dev.backstop.server.backscatterers;

import dev.backstop.mail.address.IpLiteral;
import dev.backstop.server.config.Network;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;

/**
 * A host or its network, in few octets of memory. An IPv6 host is its network of 64 bits, since it
 * has more addresses in there than can be counted.
 *
 * @param bits the address up to the prefix, at the upper end; the rest is zero
 */
public record Block(Kind kind, long bits) implements Comparable<Block> {
  private static final Comparator<Block> ORDER =
      Comparator.comparing(Block::kind)
          .thenComparing((one, other) -> Long.compareUnsigned(one.bits, other.bits));

  /** What a block is, with the bits of its prefix. */
  public enum Kind {
    HOST_4(32),
    NETWORK_4(24),
    HOST_6(64),
    NETWORK_6(48);

    private final int prefix;

    Kind(int prefix) {
      this.prefix = prefix;
    }

    /** Bits that count. */
    public int prefix() {
      return prefix;
    }

    /** Whether it is of IPv4. */
    public boolean isFour() {
      return this == HOST_4 || this == NETWORK_4;
    }

    /** Whether it is a host. */
    public boolean isHost() {
      return this == HOST_4 || this == HOST_6;
    }

    /** As printed: {@code host} or {@code network}. */
    @Override
    public String toString() {
      return isHost() ? "host" : "network";
    }
  }

  /** The host with that address. */
  public static Block host(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4
        ? new Block(Kind.HOST_4, (long) ByteBuffer.wrap(octets).getInt() << 32)
        : new Block(Kind.HOST_6, ByteBuffer.wrap(octets).getLong());
  }

  /** Reads what {@link #toString} writes of a host; empty for all else. */
  static Optional<Block> parseHost(String text) {
    try {
      Network network = Network.parse(text);
      Block host = host(network.address());
      return host.kind.prefix() == network.prefix() ? Optional.of(host) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The network that a host stands in; of a network itself. */
  public Block network() {
    Kind around = kind.isFour() ? Kind.NETWORK_4 : Kind.NETWORK_6;
    return new Block(around, bits & (-1L << (Long.SIZE - around.prefix())));
  }

  /** The first address in it. */
  public InetAddress address() {
    var octets = ByteBuffer.allocate(kind.isFour() ? 4 : 16);
    return IpLiteral.of(
        kind.isFour() ? octets.putInt((int) (bits >>> 32)).array() : octets.putLong(bits).array());
  }

  /** By family, then by address. */
  @Override
  public int compareTo(Block other) {
    return ORDER.compare(this, other);
  }

  /** As people write it: an IPv4 host as its address, all else with its prefix. */
  @Override
  public String toString() {
    String address = IpLiteral.render(address());
    return kind == Kind.HOST_4 ? address : address + "/" + kind.prefix();
  }
}
