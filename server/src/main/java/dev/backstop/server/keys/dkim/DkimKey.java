package dev.backstop.server.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.dns.DnsName;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A key of ours, under the name by which the world finds its public half. Immutable.
 *
 * @param domain signed for ({@code d=})
 * @param selector ({@code s=}), in lower case
 * @param created when it was made or imported
 */
public record DkimKey(
    DnsName domain,
    String selector,
    Algorithm algorithm,
    PublicKey publicKey,
    Instant created,
    DkimState state) {

  /**
   * How long the record of a key that signs no more must stay in DNS: mail waits in queues for four
   * to five days (RFC 5321 §4.5.4.1), and once more where it is relayed. RFC 6376 §3.1 asks for
   * such a time and names none.
   */
  public static final Duration GRACE = Duration.ofDays(10);

  /**
   * A key of ours.
   *
   * @throws IllegalArgumentException when domain or selector have letters that are not used in
   *     names of hosts: they are printed into zone files
   */
  public DkimKey {
    selector = selector.toLowerCase(Locale.ROOT);
    if (!isPlain(domain.text()) || !isPlain(selector)) {
      throw new IllegalArgumentException("domain and selector take letters, digits, - and _ only");
    }
    if (domain.under(selector + "._domainkey").isEmpty()) {
      throw new IllegalArgumentException("not a selector: " + selector);
    }
  }

  /** The name of a key record (RFC 6376 §3.6.2.1); empty when there can be no such name. */
  public static Optional<DnsName> recordName(DnsName domain, String selector) {
    return domain.under(selector + "._domainkey");
  }

  /** Where the key record stands. */
  public DnsName recordName() {
    return recordName(domain, selector).orElseThrow();
  }

  /** The TXT record to publish (RFC 6376 §3.6.1). */
  public String record() {
    return SigningKey.record(algorithm, publicKey);
  }

  /** What signs with it; empty unless it signs. */
  public Optional<SigningKey> signingKey() {
    return state instanceof DkimState.Signing signing
        ? Optional.of(new SigningKey(domain, selector, algorithm, signing.privateKey(), publicKey))
        : Optional.empty();
  }

  /** Until when the record must stay in DNS; empty while there is no end to it. */
  public Optional<Instant> recordNeededUntil() {
    return state instanceof DkimState.Retired retired
        ? Optional.of(retired.at().plus(GRACE))
        : Optional.empty();
  }

  /**
   * The same key, which signs from now on.
   *
   * @throws IllegalStateException when it is not a new one
   */
  public DkimKey signs(Instant now) {
    if (state instanceof DkimState.New made) {
      return signs(made.privateKey(), now);
    }
    throw new IllegalStateException(recordName() + " is not new but " + state.word());
  }

  /** The same key, which signs from now on with the private half that came with it. */
  public DkimKey signs(PrivateKey privateKey, Instant now) {
    return in(new DkimState.Signing(privateKey, now));
  }

  /** The same key without its private half. */
  public DkimKey retired(Instant now) {
    return in(new DkimState.Retired(now));
  }

  private DkimKey in(DkimState other) {
    return new DkimKey(domain, selector, algorithm, publicKey, created, other);
  }

  /** Such as {@code RSA 2048}. */
  public String strength() {
    return DkimKeyPair.strength(publicKey);
  }

  /** Whether a name has nothing but letters, digits, {@code -}, {@code _} and dots. */
  public static boolean isPlain(String name) {
    return name.chars()
        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "-_.".indexOf(c) >= 0);
  }

  /** Without any secret. */
  @Override
  public String toString() {
    return "DkimKey[" + recordName() + " " + strength() + " " + state + "]";
  }
}
