package dev.backstop.edge.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/**
 * Private keys in the three forms that programs write: PKCS#8 (RFC 5958), and the bare keys of
 * PKCS#1 (RFC 8017 §A.1.2) and SEC 1 (RFC 5915), which lack the name of their algorithm. It is
 * taken from the certificate that the key has to belong to.
 */
final class KeyText {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  private KeyText() {}

  /** The first private key of a file. */
  static PrivateKey read(Path file, PublicKey owner) throws UnusableCertificateException {
    for (Pem block : Pem.read(file)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return parse(file, block, owner);
      }
    }
    throw new UnusableCertificateException(file + " has no private key (BEGIN PRIVATE KEY)");
  }

  private static PrivateKey parse(Path file, Pem block, PublicKey owner)
      throws UnusableCertificateException {
    if (block.encrypted()) {
      throw new UnusableCertificateException(
          file
              + " is encrypted with a passphrase; write it in the clear, readable by its owner"
              + " only: openssl pkey -in FILE -out PLAIN-FILE");
    }
    byte[] octets = block.octets(file);
    byte[] pkcs8 =
        switch (block.label()) {
          case "PRIVATE KEY" -> octets;
          case "RSA PRIVATE KEY" -> withAlgorithm(file, octets, owner, "RSA");
          case "EC PRIVATE KEY" -> withAlgorithm(file, octets, owner, "EC");
          default ->
              throw new UnusableCertificateException(
                  file + " has a key of the kind " + block.shownLabel() + ", which is not known");
        };
    try {
      return KeyFactory.getInstance(owner.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | RuntimeException e) {
      // what is no ASN.1 at all makes the JDK throw more than it declares
      throw new UnusableCertificateException(
          file + " has no private key of the certificate's kind, " + owner.getAlgorithm(), e);
    }
  }

  private static byte[] withAlgorithm(Path file, byte[] bare, PublicKey owner, String kind)
      throws UnusableCertificateException {
    if (!owner.getAlgorithm().equals(kind)) {
      throw new UnusableCertificateException(
          "%s has a key of the kind %s, the certificate one of the kind %s"
              .formatted(file, kind, owner.getAlgorithm()));
    }
    return wrap(
        SEQUENCE,
        wrap(INTEGER, new byte[] {0}),
        algorithm(owner.getEncoded()),
        wrap(OCTET_STRING, bare));
  }

  /** The first element of a SubjectPublicKeyInfo (RFC 5280 §4.1), as the JDK has written it. */
  private static byte[] algorithm(byte[] publicKey) {
    int at = headerLength(publicKey, 0);
    int length = headerLength(publicKey, at) + contentLength(publicKey, at);
    return Arrays.copyOfRange(publicKey, at, at + length);
  }

  private static int headerLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? 2 : 2 + (first & 0x7f);
  }

  private static int contentLength(byte[] der, int at) {
    int header = headerLength(der, at);
    int length = header == 2 ? der[at + 1] : 0;
    for (int i = 2; i < header; i++) {
      length = length << 8 | (der[at + i] & 0xff);
    }
    return length;
  }

  private static byte[] wrap(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    var out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | octets);
      for (int i = octets - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
