package dev.backstop.server.keys.dkim;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** The few structures of ASN.1 that lie between a bare key and what the JDK reads. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  /** {@code rsaEncryption} with its NULL (RFC 8017 §A.1). */
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /** What stands before the 32 octets of a public key (RFC 8410 §4). */
  private static final byte[] ED25519_PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");

  private Der() {}

  /** A PKCS#1 RSAPrivateKey (RFC 8017 §A.1.2) as PKCS#8 (RFC 5958 §2). */
  static byte[] privateRsa(byte[] pkcs1) {
    return wrap(SEQUENCE, wrap(INTEGER, new byte[] {0}), RSA, wrap(OCTET_STRING, pkcs1));
  }

  /** A PKCS#1 RSAPublicKey (RFC 8017 §A.1.1) as SubjectPublicKeyInfo. */
  static byte[] publicRsa(byte[] pkcs1) {
    return wrap(SEQUENCE, RSA, wrap(BIT_STRING, new byte[] {0}, pkcs1));
  }

  /** 32 octets of an Ed25519 key as SubjectPublicKeyInfo. */
  static byte[] publicEd25519(byte[] octets) {
    return join(ED25519_PUBLIC, octets);
  }

  private static byte[] wrap(int tag, byte[]... parts) {
    byte[] content = join(parts);
    var out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
