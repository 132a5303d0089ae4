package dev.backstop.server.recipients.ldap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed. */
final class Encryption {
  private static final int MOST = 4 * 1024 * 1024;

  private Encryption() {}

  /**
   * @param authorities certificates in PEM; empty: those of the system
   * @throws GeneralSecurityException when they cannot be used; says why
   */
  static SSLContext context(Optional<Path> authorities) throws GeneralSecurityException {
    if (authorities.isEmpty()) {
      return SSLContext.getDefault();
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(authorities.get()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(Path file) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("" + number++, certificate);
      }
      if (number == 0) {
        throw new GeneralSecurityException(file + " has no certificate");
      }
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(
          "cannot read " + file + ": " + e.getClass().getSimpleName(), e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] octets = in.readNBytes(MOST);
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(octets));
    }
  }
}
