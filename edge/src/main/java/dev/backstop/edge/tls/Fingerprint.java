package dev.backstop.edge.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** By which a client is known: the hash of its whole certificate, as {@code openssl x509} shows. */
final class Fingerprint {
  private Fingerprint() {}

  static Optional<String> ofPeer(SSLSession session) {
    try {
      return Optional.of(of(session.getPeerCertificates()[0]));
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  static String of(Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }
}
