package dev.backstop.edge.tls;

import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * What we speak, on both sides: RFC 9325 §3.1 and §4.2 without what it only allows. Every suite has
 * forward secrecy and authenticated encryption.
 */
final class Strength {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private Strength() {}

  /** For an engine; a machine's own policy may leave suites out. */
  static SSLParameters parameters(SSLEngine engine) {
    Set<String> known = Set.of(engine.getSupportedCipherSuites());
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(SUITES.stream().filter(known::contains).toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    return parameters;
  }
}
