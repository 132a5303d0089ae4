package dev.backstop.auth.dkim;

import dev.backstop.dns.DnsName;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key pair and the name under which the world finds its public half. Immutable.
 *
 * @param domain signed for ({@code d=})
 * @param selector ({@code s=}), one or more labels
 */
public record SigningKey(
    DnsName domain,
    String selector,
    Algorithm algorithm,
    PrivateKey privateKey,
    PublicKey publicKey) {
  private static final int ED25519_OCTETS = 32;

  public SigningKey {
    if (domain.under(selector + "._domainkey").isEmpty()) {
      throw new IllegalArgumentException("not a selector: " + selector);
    }
  }

  /** Where the key record stands (RFC 6376 §3.6.2.1). */
  public DnsName recordName() {
    return domain.under(selector + "._domainkey").orElseThrow();
  }

  /** The TXT record to publish (RFC 6376 §3.6.1). */
  public String record() {
    return record(algorithm, publicKey);
  }

  /** The same for a key of which only the public half is there. */
  public static String record(Algorithm algorithm, PublicKey publicKey) {
    String octets = Base64.getEncoder().encodeToString(published(algorithm, publicKey));
    return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + octets;
  }

  /**
   * What stands in {@code p=}: a SubjectPublicKeyInfo for RSA (RFC 6376 §3.6.1), the bare 32 octets
   * for Ed25519 (RFC 8463 §4.2).
   */
  private static byte[] published(Algorithm algorithm, PublicKey key) {
    byte[] info = key.getEncoded();
    return switch (algorithm) {
      case RSA_SHA256 -> info;
      case ED25519_SHA256 -> // the key is the end of its SubjectPublicKeyInfo (RFC 8410 §4)
          Arrays.copyOfRange(info, info.length - ED25519_OCTETS, info.length);
    };
  }

  /** Without the private key. */
  @Override
  public String toString() {
    return "SigningKey[" + recordName() + " " + algorithm.tag() + "]";
  }
}
