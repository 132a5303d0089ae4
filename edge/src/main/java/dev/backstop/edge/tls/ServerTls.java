package dev.backstop.edge.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * TLS for those who connect to us: our certificate and key from two PEM files, which may be one.
 * They can be replaced while we run; connections that are open keep what they began with. Safe for
 * use by all threads.
 */
public final class ServerTls {
  /** Sessions of clients that know no tickets; each may hold a chain of certificates. */
  private static final int SESSIONS = 2_000;

  private static final int SESSION_SECONDS = 3_600;

  private final Path certificate;
  private final Path key;
  private volatile Loaded loaded;
  private volatile Stamps seen;

  private record Loaded(SSLContext context, X509Certificate own) {}

  private record Stamps(Stamp certificate, Stamp key) {}

  private ServerTls(Path certificate, Path key) throws UnusableCertificateException {
    this.certificate = certificate;
    this.key = key;
    this.seen = look();
    this.loaded = read();
  }

  /**
   * Reads both files.
   *
   * @param certificate our own and those between it and a root, each issued by the next
   * @param key of the first certificate: PKCS#8, or RSA or EC keys as OpenSSL wrote them before;
   *     not encrypted
   */
  public static ServerTls load(Path certificate, Path key) throws UnusableCertificateException {
    return new ServerTls(certificate, key);
  }

  /**
   * Reads both files again, for connections from now on.
   *
   * @throws UnusableCertificateException when they cannot be used; what was read before stays
   */
  public synchronized void reload() throws UnusableCertificateException {
    seen = look(); // before reading: what changes meanwhile is noticed
    loaded = read();
  }

  /**
   * Whether time or size of a file differ from what they were at the last {@link #reload}, even one
   * that failed: what is broken is told once, and again when somebody has tried to mend it.
   */
  public boolean changed() {
    return !look().equals(seen);
  }

  /** Our own certificate, for those who watch when it ends. */
  public X509Certificate own() {
    return loaded.own();
  }

  /** What is wrong with the permissions of the key file, with the remedy; none if nothing is. */
  public Optional<String> exposure() {
    try {
      return Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(key + " can be read by every user of this machine: chmod o-rwx " + key)
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // a file system without such permissions, or it is just replaced
    }
  }

  /**
   * For one connection. Asks for a certificate of the client, needs none, and takes any: whoever
   * trusts a client does so by {@link TlsChannel#peerFingerprint}.
   */
  public SSLEngine engine() {
    SSLEngine engine = loaded.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = Strength.parameters(engine);
    parameters.setWantClientAuth(true);
    engine.setSSLParameters(parameters);
    return engine;
  }

  private Stamps look() {
    return new Stamps(Stamp.of(certificate), Stamp.of(key));
  }

  private Loaded read() throws UnusableCertificateException {
    Credentials credentials = Credentials.read(certificate, key);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new OwnKey(credentials)},
          new TrustManager[] {new AnyCertificate()},
          null);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return new Loaded(context, credentials.chain().getFirst());
    } catch (GeneralSecurityException e) {
      throw new UnusableCertificateException("this JDK has no TLS: " + e.getMessage(), e);
    }
  }
}
