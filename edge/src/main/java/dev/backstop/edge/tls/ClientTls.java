package dev.backstop.edge.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS towards a server that we connect to. Safe for use by all threads. */
public final class ClientTls {
  private static final int SESSIONS = 1_000;

  private final SSLContext context;
  private final Check check;

  /** What the server's certificate has to prove. */
  public enum Check {
    /** Nothing: any certificate will do, which keeps out those who only listen. */
    NONE,
    /** An authority that we trust says that it is the host we wanted (RFC 9525). */
    NAME
  }

  private ClientTls(SSLContext context, Check check) {
    this.context = context;
    this.check = check;
  }

  /**
   * A way to connect.
   *
   * @param authorities a PEM file with the only authorities to trust; none: those of the Java
   *     runtime. Not read with {@link Check#NONE}
   */
  public static ClientTls create(Check check, Optional<Path> authorities)
      throws UnusableCertificateException {
    TrustManager[] trust =
        switch (check) {
          case NONE -> new TrustManager[] {new AnyCertificate()};
          case NAME -> trust(authorities);
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], trust, null);
      context.getClientSessionContext().setSessionCacheSize(SESSIONS);
      return new ClientTls(context, check);
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException("this JDK has no TLS: " + e.getMessage(), e);
    }
  }

  /**
   * For one connection.
   *
   * @param host the name that was configured, never one from DNS; or an address as number
   */
  public SSLEngine engine(String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = Strength.parameters(engine);
    if (check == Check.NAME) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static TrustManager[] trust(Optional<Path> authorities)
      throws UnusableCertificateException {
    KeyStore store = authorities.isEmpty() ? null : store(Certificates.read(authorities.get()));
    try {
      return trust(store);
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException("no authorities to trust: " + e.getMessage(), e);
    }
  }

  /** A missing store means the runtime's own. */
  private static TrustManager[] trust(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws UnusableCertificateException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("authority-" + store.size(), authority);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableCertificateException("no authorities to trust: " + e.getMessage(), e);
    }
  }
}
