package dev.backstop.auth.dkim;

import dev.backstop.mail.message.HeaderField;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Signs messages (RFC 6376 §5), relaxed in header and body, since relays fold and trim. With an RSA
 * and an Ed25519 key a message gets two signatures over one body hash: old verifiers know only the
 * first (RFC 8463 §5). Immutable and safe for all threads.
 */
public final class DkimSigner {
  private final List<SigningKey> keys;
  private final Optional<Duration> lifetime;

  /**
   * A signer.
   *
   * @param keys at least one, each makes a signature; their domains should be that of From. An RSA
   *     key should know its primes ({@link java.security.interfaces.RSAPrivateCrtKey}, as read from
   *     PKCS #8): without them signing takes three times as long
   * @param lifetime how long a signature counts ({@code x=}), in seconds or longer; empty for ever
   */
  public DkimSigner(List<SigningKey> keys, Optional<Duration> lifetime) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key to sign with");
    }
    if (lifetime.filter(time -> time.toSeconds() < 1).isPresent()) {
      throw new IllegalArgumentException("a signature must count for a second at least");
    }
    this.keys = keys.stream().sorted(Comparator.comparing(SigningKey::algorithm)).toList();
    this.lifetime = lifetime;
  }

  /**
   * Begins with a message.
   *
   * @param header all fields as they will leave, those included that will be added beside the
   *     signature: one that is added later may break it
   */
  public DkimSigning begin(List<HeaderField> header) {
    return new DkimSigning(new SignedHeader(header), keys, lifetime);
  }
}
