package dev.backstop.bounce.proof;

import dev.backstop.auth.spf.SpfResult;
import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReturnedMessage.Source;
import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whether the host that handed the returned message to the reporting side may send our mail.
 *
 * <p>The address stands in a Received field of the returned header, which anybody can write, and
 * hosts of large hosters send for many: so it never is more than a hint or a doubt. Names are not
 * looked at: one line forges them. Immutable, safe for all threads.
 */
public final class PathProof {
  private final Predicate<InetAddress> ours;
  private final Function<InetAddress, SpfResult> spf;

  /**
   * A proof for one domain.
   *
   * @param ours whether an address is in our networks; not asked for addresses that everybody has
   * @param spf what the record of the domain that was answered says of an address, which may take
   *     time; asked once for a message at most, and only when the address is not ours
   */
  public PathProof(Predicate<InetAddress> ours, Function<InetAddress, SpfResult> spf) {
    this.ours = ours;
    this.spf = spf;
  }

  /** The finding about one message. */
  public Evidence of(AutomaticMail reading) {
    Source source = reading.returned().source();
    if (source == null || source.address() == null) {
      return none("the returned header does not say which host handed the message over");
    }
    Optional<InetAddress> address = parsed(source.address());
    if (address.isEmpty()) {
      return none("the host that handed the message over has no address that can be read");
    }
    String host = "the message was handed over by " + IpLiteral.render(address.get());
    if (!isPublic(address.get())) {
      return none(host + ", an address that every network has");
    }
    return ours.test(address.get())
        ? Evidence.hint(Proof.PATH, host + ", which is in our networks")
        : judge(host, spf.apply(address.get()));
  }

  private static Evidence judge(String host, SpfResult result) {
    return switch (result) {
      case PASS -> Evidence.hint(Proof.PATH, host + ", which may send our mail (SPF)");
      case FAIL -> Evidence.doubt(Proof.PATH, host + ", which may not send our mail (SPF)");
      case TEMPERROR ->
          Evidence.error(
              Proof.PATH,
              Strength.SLIGHT,
              host + ", and whether it may send our mail is not known: a name server failed");
      case NONE, NEUTRAL, SOFTFAIL, PERMERROR ->
          none(host + ", of which our SPF record does not say (" + result.word() + ")");
    };
  }

  private static Optional<InetAddress> parsed(String text) {
    try {
      return Optional.of(IpLiteral.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Not one of those that stand for another host in each network (RFC 6890 §2.2). */
  private static boolean isPublic(InetAddress address) {
    byte[] octets = address.getAddress();
    int first = octets[0] & 0xff;
    boolean four = octets.length == 4;
    boolean carrier = four && first == 100 && (octets[1] & 0xc0) == 64; // 100.64.0.0/10
    boolean reserved = four && (first == 0 || first >= 240);
    boolean unique = !four && (first & 0xfe) == 0xfc; // fc00::/7
    return !(address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || carrier
        || reserved
        || unique);
  }

  private static Evidence none(String detail) {
    return Evidence.none(Proof.PATH, detail);
  }
}
