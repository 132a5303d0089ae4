package dev.backstop.edge.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * Who we are: a key and the certificates for it, our own first, each issued by the next.
 *
 * @param chain at least one
 */
record Credentials(PrivateKey key, List<X509Certificate> chain) {
  /** RFC 9325 §4.5. */
  private static final int MIN_RSA_BITS = 2048;

  /** More than this many the JDK's own clients refuse. */
  private static final int MAX_CHAIN = 10;

  static Credentials read(Path certificate, Path key) throws UnusableCertificateException {
    List<X509Certificate> chain = Certificates.read(certificate);
    checkOrder(certificate, chain);
    PublicKey own = chain.getFirst().getPublicKey();
    checkKind(certificate, own);
    PrivateKey secret = KeyText.read(key, own);
    if (!belongTogether(secret, own)) {
      throw new UnusableCertificateException(
          "the key in "
              + key
              + " does not belong to the first certificate in "
              + certificate
              + "; put the server's own certificate first, or use the key it was made for");
    }
    return new Credentials(secret, List.copyOf(chain));
  }

  private static void checkOrder(Path file, List<X509Certificate> chain)
      throws UnusableCertificateException {
    if (chain.size() > MAX_CHAIN) {
      throw new UnusableCertificateException(
          file + " has more than " + MAX_CHAIN + " certificates: that is no chain of one server");
    }
    for (int i = 1; i < chain.size(); i++) {
      var issuer = chain.get(i - 1).getIssuerX500Principal();
      if (!issuer.equals(chain.get(i).getSubjectX500Principal())) {
        throw new UnusableCertificateException(
            "%s is not in order: certificate %d must be that of %s, which issued the one before it"
                .formatted(file, i + 1, issuer));
      }
    }
  }

  private static void checkKind(Path file, PublicKey key) throws UnusableCertificateException {
    switch (key.getAlgorithm()) {
      case "EC", "EdDSA" -> {}
      case "RSA" -> {
        int bits = ((RSAPublicKey) key).getModulus().bitLength();
        if (bits < MIN_RSA_BITS) {
          throw new UnusableCertificateException(
              "%s has a key of %d bits; at least %d are needed"
                  .formatted(file, bits, MIN_RSA_BITS));
        }
      }
      default ->
          throw new UnusableCertificateException(
              "%s has a key of the kind %s; RSA, EC and Ed25519 can be used"
                  .formatted(file, key.getAlgorithm()));
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "EdDSA";
        };
    try {
      byte[] probe = certified.getEncoded();
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false; // a damaged key, or one of another curve
    }
  }
}
