package dev.backstop.auth.dkim;

import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;

/** Key pairs for tests, made once. */
final class TestKeys {
  static final DnsName DOMAIN = DnsName.of("example.com");
  static final SigningKey RSA = rsa("rsa", 2048);
  static final SigningKey OTHER_RSA = rsa("other", 2048);
  static final SigningKey SMALL_RSA = rsa("small", 1024);
  static final SigningKey ED25519 = ed25519("ed");
  static final List<SigningKey> BOTH = List.of(RSA, ED25519);

  private TestKeys() {}

  static SigningKey rsa(String selector, int bits) {
    return key(selector, Algorithm.RSA_SHA256, "RSA", bits);
  }

  static SigningKey ed25519(String selector) {
    return key(selector, Algorithm.ED25519_SHA256, "Ed25519", 255);
  }

  private static SigningKey key(String selector, Algorithm algorithm, String type, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(bits);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(DOMAIN, selector, algorithm, pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A zone that publishes them all. */
  static FakeResolver zone() {
    var zone = new FakeResolver();
    for (SigningKey key : List.of(RSA, OTHER_RSA, SMALL_RSA, ED25519)) {
      zone.txt(key.recordName().text(), key.record());
    }
    return zone;
  }

  /** Both as keys of ours. */
  static OwnKeys own() {
    return new OwnKeys(
        Map.of(
            RSA.recordName(), List.of(KeyRecord.of(RSA.algorithm(), RSA.publicKey())),
            ED25519.recordName(), List.of(KeyRecord.of(ED25519.algorithm(), ED25519.publicKey()))));
  }
}
