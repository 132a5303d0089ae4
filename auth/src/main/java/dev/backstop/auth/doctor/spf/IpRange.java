package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.ask.SpecialAddress;
import dev.backstop.auth.spf.Mechanism;
import dev.backstop.auth.spf.Term;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The addresses that a term names or, where a name server gives them, the width around each.
 *
 * @param network empty when a name server gives it
 * @param bits that count
 * @param size of the whole address in bits: 32 or 128
 */
record IpRange(Optional<InetAddress> network, int bits, int size) {
  private static final int HUGE_4 = 8;
  private static final int HUGE_6 = 16;
  private static final int WIDE_4 = 15;
  private static final int WIDE_6 = 31;

  /** The shortest prefixes of special networks: 240.0.0.0/4, fc00::/7. */
  private static final int NARROWEST_4 = 4;

  private static final int NARROWEST_6 = 7;

  /** The widest range of a term; empty for one that has none. */
  static Optional<IpRange> of(Term.Directive directive) {
    return switch (directive.mechanism()) {
      case Mechanism.Ip4(InetAddress network, int length) ->
          Optional.of(new IpRange(Optional.of(network), length, 32));
      case Mechanism.Ip6(InetAddress network, int length) ->
          Optional.of(new IpRange(Optional.of(network), length, 128));
      case Mechanism.A a -> Optional.of(around(a.lengths().ip4(), a.lengths().ip6()));
      case Mechanism.Mx mx -> Optional.of(around(mx.lengths().ip4(), mx.lengths().ip6()));
      case Mechanism.All _, Mechanism.Include _, Mechanism.Ptr _, Mechanism.Exists _ ->
          Optional.empty();
    };
  }

  private static IpRange around(int ip4, int ip6) {
    var six = new IpRange(Optional.empty(), ip6, 128);
    return six.isWide() ? six : new IpRange(Optional.empty(), ip4, 32);
  }

  boolean isHuge() {
    return bits <= (size == 32 ? HUGE_4 : HUGE_6);
  }

  /** Huge ones too. */
  boolean isWide() {
    return bits <= (size == 32 ? WIDE_4 : WIDE_6);
  }

  boolean isSingle() {
    return bits == size;
  }

  /** Whether no receiver sees mail from there. */
  boolean isNotPublic() {
    // A wider one than any special network reaches beyond it, whatever its first address is.
    return bits >= (size == 32 ? NARROWEST_4 : NARROWEST_6)
        && network.flatMap(SpecialAddress::kind).isPresent();
  }

  /** Whether every address of the other is one of these. */
  boolean contains(IpRange other) {
    if (network.isEmpty() || other.network.isEmpty() || size != other.size || bits > other.bits) {
      return false;
    }
    byte[] one = network.get().getAddress();
    byte[] two = other.network.get().getAddress();
    for (int i = 0; i < bits; i++) {
      if (((one[i / 8] ^ two[i / 8]) >> (7 - i % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }
}
