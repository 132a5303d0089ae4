package dev.backstop.it.gateway;

import dev.backstop.it.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A self-signed certificate of our own making.
 *
 * @param certificate PEM
 * @param key PEM, PKCS#8
 * @param store both as PKCS#12 with the password {@code secret}
 */
record Certificates(Path certificate, Path key, Path store) {

  /** Makes one with openssl, readable for everybody. */
  static Certificates create(Path folder, String name) {
    Path certificate = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    Path store = folder.resolve(name + ".p12");
    Shell.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "30",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=DNS:" + name,
        "-keyout",
        key.toString(),
        "-out",
        certificate.toString());
    Shell.run(
        "openssl",
        "pkcs12",
        "-export",
        "-passout",
        "pass:secret",
        "-inkey",
        key.toString(),
        "-in",
        certificate.toString(),
        "-out",
        store.toString());
    Shell.run("chmod", "644", certificate.toString(), key.toString(), store.toString());
    return new Certificates(certificate, key, store);
  }

  /** SHA-256 of the certificate in lower-case hexadecimal. */
  String fingerprint() {
    try (InputStream in = Files.newInputStream(certificate)) {
      byte[] encoded = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** TLS as a client that shows this certificate and believes any. */
  Function<Socket, Socket> client() {
    return wrap(context(), true);
  }

  /** TLS as a server with this certificate. */
  Function<Socket, Socket> server() {
    return wrap(context(), false);
  }

  private static Function<Socket, Socket> wrap(SSLContext context, boolean client) {
    return plain -> {
      try {
        SSLSocket secure =
            (SSLSocket) context.getSocketFactory().createSocket(plain, "gateway", 0, true);
        secure.setUseClientMode(client);
        secure.startHandshake();
        return secure;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private SSLContext context() {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, "secret".toCharArray());
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, "secret".toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), new TrustManager[] {new Trusting()}, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Believes any certificate: it is ours. */
  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // Any.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // Any.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
