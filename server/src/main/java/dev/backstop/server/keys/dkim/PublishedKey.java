package dev.backstop.server.keys.dkim;

import dev.backstop.auth.dkim.Algorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The public half of a key, as a key record has it (RFC 6376 §3.6.1). Immutable. */
public record PublishedKey(Algorithm algorithm, PublicKey publicKey) {
  /** Characters of a record that is looked at. */
  private static final int MAX_LENGTH = 1 << 14;

  private static final int MAX_TAGS = 50;
  private static final int ED25519_OCTETS = 32;

  /**
   * Reads the text of a TXT record.
   *
   * @throws NotAKeyException when a verifier would not use it for mail signed with SHA-256
   */
  public static PublishedKey parse(String record) throws NotAKeyException {
    Map<String, String> tags = tags(record);
    if (!tags.getOrDefault("v", "DKIM1").equals("DKIM1")) {
      throw new NotAKeyException("its version is not v=DKIM1");
    }
    String key = tags.get("p");
    if (key == null) {
      throw new NotAKeyException("it has no p=");
    }
    if (key.isEmpty()) {
      throw new NotAKeyException("its p= is empty, which says that the key is revoked");
    }
    if (!lists(tags, "s", "email") || !lists(tags, "h", "sha256")) {
      throw new NotAKeyException("its s= or h= excludes mail signed with SHA-256");
    }
    Algorithm algorithm = algorithm(tags.getOrDefault("k", "rsa"));
    return new PublishedKey(algorithm, publicKey(algorithm, key));
  }

  /** RFC 6376 §3.2: {@code name=value} between semicolons, blanks around both. */
  private static Map<String, String> tags(String record) throws NotAKeyException {
    if (record.length() > MAX_LENGTH) {
      throw new NotAKeyException("it is longer than any key record");
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (String spec : record.split(";", MAX_TAGS)) {
      int equals = spec.indexOf('=');
      if (equals < 0) {
        if (spec.isBlank()) {
          continue;
        }
        throw new NotAKeyException("it is not a list of tags such as v=DKIM1; k=rsa; p=…");
      }
      if (tags.put(spec.substring(0, equals).strip(), spec.substring(equals + 1).strip()) != null) {
        throw new NotAKeyException("it has a tag twice"); // RFC 6376 §3.2: invalid as a whole
      }
    }
    return tags;
  }

  /** A list that is missing takes everything. */
  private static boolean lists(Map<String, String> tags, String name, String wanted) {
    String list = tags.get(name);
    return list == null
        || Arrays.stream(list.split(":", MAX_TAGS))
            .map(String::strip)
            .anyMatch(each -> each.equals("*") || each.equalsIgnoreCase(wanted));
  }

  private static Algorithm algorithm(String keyType) throws NotAKeyException {
    String type = keyType.toLowerCase(Locale.ROOT);
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.keyType().equals(type)) {
        return algorithm;
      }
    }
    throw new NotAKeyException("its k= is neither rsa nor ed25519");
  }

  private static PublicKey publicKey(Algorithm algorithm, String base64) throws NotAKeyException {
    byte[] octets;
    try {
      octets = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new NotAKeyException("its p= is not base64");
    }
    PublicKey key =
        switch (algorithm) {
          case RSA_SHA256 -> rsa(octets);
          case ED25519_SHA256 ->
              of(algorithm, octets.length == ED25519_OCTETS ? Der.publicEd25519(octets) : octets);
        };
    DkimKeyPair.checkSize(key);
    return key;
  }

  /**
   * RFC 6376 §3.6.1 says RSAPublicKey, its appendix C shows SubjectPublicKeyInfo and all the world
   * publishes that; verifiers take both.
   */
  private static PublicKey rsa(byte[] octets) throws NotAKeyException {
    try {
      return of(Algorithm.RSA_SHA256, octets);
    } catch (NotAKeyException _) {
      return of(Algorithm.RSA_SHA256, Der.publicRsa(octets));
    }
  }

  /**
   * A public key from its SubjectPublicKeyInfo.
   *
   * @throws NotAKeyException when it is none of that algorithm
   */
  static PublicKey of(Algorithm algorithm, byte[] info) throws NotAKeyException {
    String kind =
        switch (algorithm) {
          case RSA_SHA256 -> "RSA";
          case ED25519_SHA256 -> "Ed25519";
        };
    try {
      return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(info));
    } catch (GeneralSecurityException | RuntimeException _) {
      // what is no ASN.1 at all makes the JDK throw more than it declares
      throw new NotAKeyException("it is not a public key of the kind " + algorithm.keyType());
    }
  }
}
