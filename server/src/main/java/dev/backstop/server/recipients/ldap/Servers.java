package dev.backstop.server.recipients.ldap;

import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import dev.backstop.server.config.LdapDirectory;
import dev.backstop.server.config.LdapUrl;
import dev.backstop.server.recipients.source.PasswordFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** How the servers of a directory are reached: the first one that answers, encrypted, bound. */
final class Servers {
  /** Octets; an answer to our question has some hundred. */
  private static final int MOST_ANSWER = 256 * 1024;

  /** The library wants one for each server or for none. */
  private static final PostConnectProcessor NOTHING =
      new PostConnectProcessor() {
        @Override
        public void processPreAuthenticatedConnection(LDAPConnection connection) {
          // it is encrypted already, or not to be
        }

        @Override
        public void processPostAuthenticatedConnection(LDAPConnection connection) {
          // it is ready
        }
      };

  private final LdapDirectory directory;
  private final Duration patience;

  Servers(LdapDirectory directory, Duration patience) {
    this.directory = directory;
    this.patience = patience;
  }

  /** A pool without a connection yet. */
  LDAPConnectionPool pool() throws IOException, GeneralSecurityException, LDAPException {
    SSLSocketFactory tls =
        new CheckedSockets(Encryption.context(directory.authorities()).getSocketFactory());
    @Nullable SimpleBindRequest bind = bind();
    ServerSet[] servers =
        directory.urls().stream().map(url -> server(url, tls, bind)).toArray(ServerSet[]::new);
    var pool =
        new LDAPConnectionPool(
            new FailoverServerSet(servers), bind, 0, directory.connections(), null);
    pool.setConnectionPoolName("backstop");
    pool.setCreateIfNecessary(false);
    pool.setMaxWaitTimeMillis(patience.toMillis());
    pool.setRetryFailedOperationsDueToInvalidConnections(true);
    pool.setMaxConnectionAgeMillis(Duration.ofMinutes(30).toMillis());
    return pool;
  }

  private ServerSet server(LdapUrl url, SSLSocketFactory tls, @Nullable SimpleBindRequest bind) {
    return new SingleServerSet(
        url.server().host(),
        url.server().port(),
        url.tls() ? tls : null,
        options(),
        bind,
        !url.tls() && directory.startTls() ? new StartTLSPostConnectProcessor(tls) : NOTHING);
  }

  private LDAPConnectionOptions options() {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis((int) patience.toMillis());
    options.setResponseTimeoutMillis(patience.toMillis());
    options.setFollowReferrals(false);
    options.setAbandonOnTimeout(true);
    options.setUseSynchronousMode(true);
    options.setMaxMessageSize(MOST_ANSWER);
    return options;
  }

  private @Nullable SimpleBindRequest bind() throws IOException {
    if (directory.bindDn().isEmpty()) {
      return null;
    }
    Path file = directory.passwordFile().orElseThrow();
    return new SimpleBindRequest(directory.bindDn().get(), new PasswordFile(file).read());
  }
}
