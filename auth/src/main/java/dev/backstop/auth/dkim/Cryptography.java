package dev.backstop.auth.dkim;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Signature;
import java.security.SignatureException;

/**
 * Signs and verifies with the JDK. A new {@link Signature} each time: it takes 0.15 µs, and one
 * that is kept would have to be kept for each of many virtual threads.
 */
final class Cryptography {
  private Cryptography() {}

  /** Whether that is a signature of the key over the octets. */
  static boolean verifies(KeyRecord key, byte[] octets, byte[] signature) {
    try {
      Signature verifier = signature(key.algorithm());
      verifier.initVerify(key.key());
      verifier.update(signed(key.algorithm(), octets));
      return verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      return false; // a stranger's signature of a wrong length, or a key off its curve
    }
  }

  /**
   * Signs.
   *
   * @throws IllegalStateException when the key cannot sign
   */
  static byte[] sign(SigningKey key, byte[] octets) {
    try {
      Signature signer = signature(key.algorithm());
      signer.initSign(key.privateKey());
      signer.update(signed(key.algorithm(), octets));
      return signer.sign();
    } catch (SignatureException | InvalidKeyException e) {
      throw new IllegalStateException(key + " cannot sign", e);
    }
  }

  private static Signature signature(Algorithm algorithm) {
    try {
      return Signature.getInstance(
          switch (algorithm) {
            case RSA_SHA256 -> "SHA256withRSA";
            case ED25519_SHA256 -> "Ed25519";
          });
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + algorithm.tag(), e);
    }
  }

  /** RSA hashes by itself; Ed25519 signs the hash (RFC 8463 §3). */
  private static byte[] signed(Algorithm algorithm, byte[] octets) {
    return switch (algorithm) {
      case RSA_SHA256 -> octets;
      case ED25519_SHA256 -> BodyDigest.sha256().digest(octets);
    };
  }
}
