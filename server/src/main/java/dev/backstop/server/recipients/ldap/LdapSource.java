package dev.backstop.server.recipients.ldap;

import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import dev.backstop.server.config.LdapDirectory;
import dev.backstop.server.config.LdapUrl;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.PasswordFile;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a directory by LDAP (RFC 4511): an entry that the filter finds means that it exists. */
public final class LdapSource implements Source {
  /** RFC 4511 §4.5.1.8: no attributes are wanted. */
  private static final String NOTHING = SearchRequest.NO_ATTRIBUTES;

  private final LdapDirectory directory;
  private final FilterPattern filter;
  private final Servers servers;
  private @Nullable LDAPConnectionPool pool;
  private boolean closed;

  /**
   * Connects when it is first asked.
   *
   * @param directory one that is on
   * @param patience longest that a question may take
   */
  public LdapSource(LdapDirectory directory, Duration patience) {
    this.directory = directory;
    this.filter = new FilterPattern(directory.filter());
    this.servers = new Servers(directory, patience);
    directory.passwordFile().map(PasswordFile::new).ifPresent(PasswordFile::warnOfReaders);
  }

  @Override
  public String name() {
    return "ldap";
  }

  @Override
  public String place() {
    return directory.urls().stream().map(LdapUrl::toString).collect(Collectors.joining(", "));
  }

  @Override
  public Finding ask(Wanted wanted, Duration most) {
    try {
      return find(wanted, most);
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
        forget(); // the password file may have changed
      }
      return new Finding.Failed("the directory does not answer: " + words(e));
    } catch (IOException | GeneralSecurityException e) {
      return new Finding.Failed("the directory cannot be asked: " + e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    forget();
  }

  private Finding find(Wanted wanted, Duration most)
      throws LDAPException, IOException, GeneralSecurityException {
    var search =
        new SearchRequest(
            directory.base().orElseThrow(), SearchScope.SUB, filter.of(wanted), NOTHING);
    search.setSizeLimit(1);
    search.setTimeLimitSeconds((int) Math.max(1, most.toSeconds()));
    search.setResponseTimeoutMillis(Math.max(1, most.toMillis()));
    int found;
    try {
      found = pool().search(search).getEntryCount();
    } catch (LDAPSearchException e) {
      if (!e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
        throw e;
      }
      found = 1; // more than one entry: that will do
    }
    return found > 0
        ? new Finding.Known("the directory has an entry with it")
        : new Finding.Unknown("the directory has no entry with it");
  }

  private synchronized LDAPConnectionPool pool()
      throws LDAPException, IOException, GeneralSecurityException {
    if (closed) {
      throw new IOException("it is not asked any more");
    }
    LDAPConnectionPool ready = pool;
    if (ready == null) {
      ready = servers.pool();
      pool = ready;
    }
    return ready;
  }

  private synchronized void forget() {
    if (pool != null) {
      pool.close();
      pool = null;
    }
  }

  /** Without line ends; the library's messages name servers and entries, never the password. */
  private static String words(LDAPException e) {
    String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    return e.getResultCode().getName() + ": " + text.substring(0, Math.min(text.length(), 300));
  }
}
