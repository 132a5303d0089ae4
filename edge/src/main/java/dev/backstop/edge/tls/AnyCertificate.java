package dev.backstop.edge.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes every chain, <em>deliberately</em>: a client is trusted by its fingerprint or not at all,
 * and a next hop that is not to be checked would else be spoken to in the clear (RFC 7435). That
 * the peer has the key of its certificate is proved by the handshake all the same.
 */
final class AnyCertificate extends X509ExtendedTrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

  /** None: a client then offers what it has. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
