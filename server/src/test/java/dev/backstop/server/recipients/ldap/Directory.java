package dev.backstop.server.recipients.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A directory on this machine, with two people and a certificate for {@code localhost}. */
public final class Directory implements AutoCloseable {
  public static final String BIND_DN = "cn=backstop,dc=ours,dc=test";
  public static final String PASSWORD = "right";

  private final InMemoryDirectoryServer server;
  private final Path authorities;

  /**
   * @param folder for the certificate
   */
  public Directory(Path folder) throws Exception {
    authorities = folder.resolve("ca.pem");
    SSLContext context = context(authorities);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    var config = new InMemoryDirectoryServerConfig("dc=ours,dc=test");
    config.setSchema(null);
    config.setListenerConfigs(
        InMemoryListenerConfig.createLDAPConfig("plain", loopback, 0, context.getSocketFactory()),
        InMemoryListenerConfig.createLDAPSConfig(
            "tls", loopback, 0, context.getServerSocketFactory(), context.getSocketFactory()));
    config.addAdditionalBindCredentials(BIND_DN, PASSWORD);
    config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
    server = new InMemoryDirectoryServer(config);
    server.add("dn: dc=ours,dc=test", "objectClass: domain", "dc: ours");
    add("anna", "mail: anna@ours.test", "proxyAddresses: smtp:info@ours.test");
    add("bob", "mail: bob@ours.test", "proxyAddresses: smtp:info@ours.test");
    add("star", "mail: a*b(c)@ours.test");
    server.startListening();
  }

  public String plain() {
    return "ldap://localhost:" + server.getListenPort("plain");
  }

  public String tls() {
    return "ldaps://localhost:" + server.getListenPort("tls");
  }

  public Path authorities() {
    return authorities;
  }

  /** Ends every connection and takes no new one. */
  public void stop() {
    server.shutDown(true);
  }

  /** The same address again. */
  public void startAgain() throws Exception {
    server.startListening();
  }

  @Override
  public void close() {
    stop();
  }

  private void add(String user, String... attributes) throws Exception {
    var lines =
        new ArrayList<>(
            List.of("dn: uid=" + user + ",dc=ours,dc=test", "objectClass: person", "uid: " + user));
    lines.addAll(List.of(attributes));
    server.add(lines.toArray(String[]::new));
  }

  private static SSLContext context(Path authorities) throws Exception {
    long now = System.currentTimeMillis();
    var made =
        X509Certificate.generateSelfSignedCertificate(
            SignatureAlgorithmIdentifier.SHA_256_WITH_RSA,
            PublicKeyAlgorithmIdentifier.RSA,
            2048,
            new DN("CN=localhost"),
            now - Duration.ofDays(1).toMillis(),
            now + Duration.ofDays(1).toMillis());
    Files.writeString(authorities, made.getFirst().toPEMString());
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry(
        "key",
        made.getSecond().getPrivate(),
        new char[0],
        new Certificate[] {made.getFirst().toCertificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
