package dev.backstop.server.keys.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Private keys as other programs keep them:
 *
 * <ul>
 *   <li>PEM, {@code BEGIN PRIVATE KEY} or {@code BEGIN RSA PRIVATE KEY}, whatever stands around it
 *       ({@code openssl}, {@code opendkim-genkey}, {@code rspamadm dkim_keygen})
 *   <li>the base64 text of the same octets without the armour (a {@code KeyTable} of OpenDKIM)
 *   <li>base64 of an Ed25519 key: 32 octets of seed, or these and the public half ({@code rspamadm
 *       dkim_keygen -t ed25519}), with or without the DNS record that a redirected output has below
 *   <li>the octets themselves
 * </ul>
 */
public final class PrivateKeyText {
  /** Octets of a file that may be a key; an RSA key of 8192 bits takes 6,400. */
  public static final int MAX_OCTETS = 1 << 16;

  private static final int SEED = 32;
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  private PrivateKeyText() {}

  /**
   * Reads a key in any of these forms.
   *
   * @throws NotAKeyException when it is anything else
   */
  public static DkimKeyPair parse(byte[] file) throws NotAKeyException {
    if (file.length > MAX_OCTETS) {
      throw new NotAKeyException("it is larger than any key: " + file.length + " octets");
    }
    String text = new String(file, StandardCharsets.ISO_8859_1);
    if (text.contains(BEGIN)) {
      return pem(text);
    }
    Optional<byte[]> decoded = base64(leadingBase64(text));
    return octets(decoded.filter(octets -> octets.length >= SEED).orElse(file));
  }

  private static DkimKeyPair pem(String text) throws NotAKeyException {
    String seen = "";
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      String label = text.substring(at + BEGIN.length(), labelEnd);
      int end = text.indexOf(DASHES, labelEnd + DASHES.length());
      if (label.endsWith("PRIVATE KEY")) {
        String body = text.substring(labelEnd + DASHES.length(), end < 0 ? text.length() : end);
        return armoured(label, body);
      }
      seen = printable(label);
      at = text.indexOf(BEGIN, labelEnd);
    }
    throw new NotAKeyException(
        "it has no private key" + (seen.isEmpty() ? "" : " but a " + seen.strip()));
  }

  private static DkimKeyPair armoured(String label, String body) throws NotAKeyException {
    // RFC 1421 §4.6.1.1: the older way to encrypt says so in a header
    if (label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
      throw new NotAKeyException(
          "it is encrypted with a passphrase; write it in the clear first:"
              + " openssl pkey -in FILE -out PLAIN-FILE");
    }
    byte[] octets =
        base64(body)
            .orElseThrow(() ->
                new NotAKeyException(
                    "what stands after BEGIN " + printable(label) + " is damaged"));
    return switch (label) {
      case "PRIVATE KEY" -> pkcs8(octets);
      case "RSA PRIVATE KEY" -> pkcs8(Der.privateRsa(octets));
      default ->
          throw new NotAKeyException(
              "it is of the kind " + printable(label) + "; DKIM takes RSA and Ed25519 keys");
    };
  }

  private static DkimKeyPair octets(byte[] octets) throws NotAKeyException {
    if (octets.length == SEED) {
      return seed(octets);
    }
    if (octets.length == 2 * SEED) {
      return seedAndPublic(octets);
    }
    try {
      return pkcs8(octets);
    } catch (NotAKeyException first) {
      try {
        return pkcs8(Der.privateRsa(octets));
      } catch (NotAKeyException _) {
        throw first;
      }
    }
  }

  /** As libsodium keeps a secret key: the seed, then the public half. */
  private static DkimKeyPair seedAndPublic(byte[] octets) throws NotAKeyException {
    DkimKeyPair pair = seed(Arrays.copyOf(octets, SEED));
    byte[] claimed = Der.publicEd25519(Arrays.copyOfRange(octets, SEED, 2 * SEED));
    if (!MessageDigest.isEqual(claimed, pair.publicKey().getEncoded())) {
      throw new NotAKeyException("its public half does not belong to its private half");
    }
    return pair;
  }

  private static DkimKeyPair seed(byte[] octets) throws NotAKeyException {
    try {
      var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, octets);
      return DkimKeyPair.of(KeyFactory.getInstance("Ed25519").generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      throw new NotAKeyException("it is not an Ed25519 key");
    }
  }

  static DkimKeyPair pkcs8(byte[] octets) throws NotAKeyException {
    return DkimKeyPair.of(privateKey(octets));
  }

  /** What PKCS#8 holds, untried. */
  static PrivateKey privateKey(byte[] octets) throws NotAKeyException {
    for (String kind : List.of("RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(octets));
      } catch (GeneralSecurityException | RuntimeException _) {
        // not of this kind; what is no ASN.1 at all makes the JDK throw more than it declares
      }
    }
    throw new NotAKeyException("it is not a private key, neither RSA nor Ed25519");
  }

  /** The first lines that are nothing but base64. */
  private static String leadingBase64(String text) {
    var found = new StringBuilder();
    for (String line : text.strip().lines().map(String::strip).toList()) {
      if (!line.chars().allMatch(PrivateKeyText::isBase64)) {
        break;
      }
      found.append(line);
    }
    return found.toString();
  }

  private static boolean isBase64(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "+/=".indexOf(c) >= 0;
  }

  private static Optional<byte[]> base64(String text) {
    String dense =
        text.chars()
            .filter(c -> !Character.isWhitespace(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    try {
      return Optional.of(Base64.getDecoder().decode(dense));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A label as it can be shown: it comes from a file. */
  private static String printable(String label) {
    String start = label.length() > 30 ? label.substring(0, 30) + "…" : label;
    return start.replaceAll("[^ -~…]", "?");
  }
}
