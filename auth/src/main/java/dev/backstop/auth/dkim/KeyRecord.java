package dev.backstop.auth.dkim;

import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * A public key that may verify signatures of mail (RFC 6376 §3.6.1, RFC 8463 §4). Immutable.
 *
 * @param algorithm that the key is for ({@code k=}, with the hash that counts)
 * @param key ({@code p=})
 * @param testing whether the domain is only trying out DKIM ({@code t=y})
 * @param exact whether the domain of {@code i=} must be {@code d=} itself ({@code t=s})
 */
public record KeyRecord(Algorithm algorithm, PublicKey key, boolean testing, boolean exact) {
  private static final int ED25519_BITS = 256;

  /** The public half of a key pair of ours, present or retired. */
  public static KeyRecord of(Algorithm algorithm, PublicKey key) {
    return new KeyRecord(algorithm, key, false, false);
  }

  /** The size of the key in bits: of an RSA key its modulus, 256 for Ed25519. */
  public int bits() {
    return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : ED25519_BITS;
  }
}
