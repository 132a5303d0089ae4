package dev.backstop.auth.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads key records (RFC 6376 §3.6.1, RFC 8463 §4). Only what is wrong with the key makes a record
 * unusable; deliberately, {@code v=} need not be the first tag, since such records occur and nobody
 * is hurt.
 */
public final class KeyRecordParser {
  /** Usable keys at one name that are kept: the RFC wants one, a change may leave two. */
  static final int MAX_KEYS = 2;

  private static final int MAX_PARTS = 32;
  private static final int ED25519_OCTETS = 32;

  /** What stands before the key in a SubjectPublicKeyInfo (RFC 8410 §4). */
  private static final byte[] ED25519_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

  private KeyRecordParser() {}

  /**
   * The keys of all TXT records at a name.
   *
   * @param records one character for each octet
   * @return {@link KeyAnswer.Found} with the first usable ones; else what is wrong with the first
   *     that is a key record at all
   */
  public static KeyAnswer parse(List<String> records) {
    List<KeyRecord> usable = new ArrayList<>(1);
    KeyAnswer.Unusable first = null;
    for (String record : records) {
      if (isKeyRecord(record) && usable.size() < MAX_KEYS) {
        switch (parse(record)) {
          case KeyAnswer.Found found -> usable.addAll(found.records());
          case KeyAnswer.Unusable unusable -> first = first == null ? unusable : first;
        }
      }
    }
    if (!usable.isEmpty()) {
      return new KeyAnswer.Found(usable);
    }
    return first == null ? unusable("no key: other TXT records only") : first;
  }

  /**
   * RFC 6376 §3.6.1: records that begin with another version are none of ours; those are the SPF
   * records of wildcards.
   */
  private static boolean isKeyRecord(String record) {
    String start = record.stripLeading();
    int at = start.startsWith("v") ? start.indexOf('=') : -1;
    return at < 0
        || !start.substring(1, at).isBlank()
        || start.substring(at + 1).stripLeading().startsWith("DKIM1");
  }

  private static KeyAnswer parse(String record) {
    try {
      return read(TagList.parse(record.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (DkimSyntaxException e) {
      return unusable("malformed key record: " + e.reason());
    }
  }

  private static KeyAnswer read(TagList tags) throws DkimSyntaxException {
    if (!tags.text("v").orElse("DKIM1").equals("DKIM1")) {
      return unusable("key record of another version");
    }
    if (!list(tags, "s", "*").stream().anyMatch(s -> s.equals("*") || s.equals("email"))) {
      return unusable("the key is not for mail");
    }
    if (!list(tags, "h", "sha256").contains("sha256")) {
      return unusable("the key is not for SHA-256");
    }
    byte[] octets = tags.octets("p");
    if (octets.length == 0) {
      return unusable("the key is revoked");
    }
    List<String> flags = list(tags, "t", "");
    String type = tags.text("k").orElse("rsa").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "rsa" -> rsa(octets, flags);
      case "ed25519" -> ed25519(octets, flags);
      default -> unusable("unknown type of key " + TagList.shortened(type));
    };
  }

  private static List<String> list(TagList tags, String name, String missing)
      throws DkimSyntaxException {
    return TagList.parts(tags.text(name).orElse(missing).toLowerCase(Locale.ROOT), MAX_PARTS);
  }

  private static KeyAnswer rsa(byte[] octets, List<String> flags) throws DkimSyntaxException {
    RsaKey key = RsaKey.parse(octets);
    Optional<String> refused = key.refusal();
    return refused.isPresent()
        ? new KeyAnswer.Unusable(DkimResult.POLICY, refused.get())
        : found(Algorithm.RSA_SHA256, key.publicKey(), flags);
  }

  /** The bare key (RFC 8463 §4.2). */
  private static KeyAnswer ed25519(byte[] octets, List<String> flags) throws DkimSyntaxException {
    if (octets.length != ED25519_OCTETS) {
      return unusable("an Ed25519 key has 32 octets, not " + octets.length);
    }
    byte[] info = new byte[ED25519_INFO.length + ED25519_OCTETS];
    System.arraycopy(ED25519_INFO, 0, info, 0, ED25519_INFO.length);
    System.arraycopy(octets, 0, info, ED25519_INFO.length, ED25519_OCTETS);
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info));
      return found(Algorithm.ED25519_SHA256, key, flags);
    } catch (GeneralSecurityException e) {
      throw new DkimSyntaxException("p= is no Ed25519 key");
    }
  }

  private static KeyAnswer found(Algorithm algorithm, PublicKey key, List<String> flags) {
    var record = new KeyRecord(algorithm, key, flags.contains("y"), flags.contains("s"));
    return new KeyAnswer.Found(List.of(record));
  }

  private static KeyAnswer.Unusable unusable(String reason) {
    return new KeyAnswer.Unusable(DkimResult.PERMERROR, reason);
  }
}
