package dev.backstop.server.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.dns.DnsName;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Keys for tests, made once: RSA takes a while. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  static final DnsName DOMAIN = DnsName.of("example.com");
  static final DkimKeyPair RSA = pair(Algorithm.RSA_SHA256);
  static final DkimKeyPair ED25519 = pair(Algorithm.ED25519_SHA256);

  private Samples() {}

  static DkimKeyPair pair(Algorithm algorithm) {
    return DkimKeyPair.generate(algorithm, 1024, new SecureRandom());
  }

  static DkimKey key(String selector, DkimKeyPair pair, DkimState state) {
    return new DkimKey(DOMAIN, selector, pair.algorithm(), pair.publicKey(), NOW, state);
  }

  static DkimKey fresh(String selector, DkimKeyPair pair) {
    return key(selector, pair, new DkimState.New(pair.privateKey()));
  }

  static DkimKey signing(String selector, DkimKeyPair pair) {
    return key(selector, pair, new DkimState.Signing(pair.privateKey(), NOW));
  }

  static DkimKey external(String selector, DkimKeyPair pair) {
    return key(selector, pair, new DkimState.External());
  }

  /** The PKCS#1 structure within a PKCS#8 of an RSA key of 1024 to 4096 bits. */
  static byte[] pkcs1(PrivateKey rsa) {
    byte[] info = rsa.getEncoded();
    return Arrays.copyOfRange(info, 26, info.length);
  }

  /** The 32 octets of an Ed25519 private key. */
  static byte[] seed(PrivateKey ed25519) {
    byte[] info = ed25519.getEncoded();
    return Arrays.copyOfRange(info, info.length - 32, info.length);
  }

  /** The 32 octets of an Ed25519 public key. */
  static byte[] point(DkimKeyPair pair) {
    byte[] info = pair.publicKey().getEncoded();
    return Arrays.copyOfRange(info, info.length - 32, info.length);
  }

  static String pem(String label, byte[] octets) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
        + "\n-----END "
        + label
        + "-----\n";
  }

  static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
