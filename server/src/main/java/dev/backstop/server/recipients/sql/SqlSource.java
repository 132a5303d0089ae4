package dev.backstop.server.recipients.sql;

import dev.backstop.server.config.SqlDirectory;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.PasswordFile;
import dev.backstop.server.recipients.source.Source;
import dev.backstop.server.recipients.source.Wanted;
import dev.backstop.store.query.NamedQuery;
import dev.backstop.store.query.QueryException;
import dev.backstop.store.query.QuerySettings;
import dev.backstop.store.query.RowQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Asks a database: a row means that the address exists. */
public final class SqlSource implements Source {
  private final String url;
  private final RowQuery query;

  /**
   * Opens nothing yet.
   *
   * @param directory one that is on
   * @param patience longest that a question may take
   */
  public SqlSource(SqlDirectory directory, Duration patience) {
    this.url = directory.url().orElseThrow();
    Optional<PasswordFile> password = directory.passwordFile().map(PasswordFile::new);
    password.ifPresent(PasswordFile::warnOfReaders);
    this.query =
        new RowQuery(
            new QuerySettings(
                url,
                NamedQuery.parse(directory.query().orElseThrow()),
                new Login(directory.user().orElse(""), password),
                directory.connections(),
                patience));
  }

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public String place() {
    int end = url.indexOf('?');
    return end < 0 ? url : url.substring(0, end);
  }

  @Override
  public Finding ask(Wanted wanted, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      for (String local : wanted.locals()) {
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        if (query.hasRow(values(local, wanted.domain()), left)) {
          return new Finding.Known("the database has " + local + "@" + wanted.domain());
        }
      }
      return new Finding.Unknown("the database does not have it");
    } catch (QueryException e) {
      return new Finding.Failed("the database does not answer: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    query.close();
  }

  private static Map<String, String> values(String local, String domain) {
    return Map.of("address", local + "@" + domain, "local", local, "domain", domain);
  }

  private record Login(String user, Optional<PasswordFile> file) implements QuerySettings.Login {
    @Override
    public String password() throws QueryException {
      try {
        return file.isPresent() ? file.get().read() : "";
      } catch (IOException e) {
        throw new QueryException(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
