package dev.backstop.edge.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Offers our one certificate wherever its kind of key will do. */
class OwnKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "own";

  private final Credentials credentials;

  OwnKey(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String kind, Principal @Nullable [] issuers, SSLEngine engine) {
    return kind.equals(credentials.key().getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return kind.equals(credentials.key().getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public String[] getServerAliases(String kind, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String kind, Principal @Nullable [] issuers) {
    return new String[0];
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return credentials.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return credentials.key();
  }
}
