package dev.backstop.edge.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates of a PEM file. */
final class Certificates {
  private Certificates() {}

  /** All of them in order, at least one. */
  static List<X509Certificate> read(Path file) throws UnusableCertificateException {
    var found = new ArrayList<X509Certificate>();
    for (Pem block : Pem.read(file)) {
      if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
        found.add(parse(file, block.octets(file)));
      }
    }
    if (found.isEmpty()) {
      throw new UnusableCertificateException(file + " has no certificate (BEGIN CERTIFICATE)");
    }
    return found;
  }

  private static X509Certificate parse(Path file, byte[] octets)
      throws UnusableCertificateException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(octets));
    } catch (CertificateException | RuntimeException e) {
      throw new UnusableCertificateException(file + " has a certificate that is damaged", e);
    }
  }
}
