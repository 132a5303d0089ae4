package dev.backstop.server.config;

import dev.backstop.store.query.NamedQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A database that is asked whether a recipient exists.
 *
 * @param url of JDBC; empty: no such database
 * @param user empty: whoever the database takes us for
 * @param passwordFile absolute
 * @param query with {@code :address}, {@code :local} and {@code :domain}; a row means that the
 *     address exists. There when {@code url} is
 * @param domains it knows all addresses of; none: of all our domains
 * @param connections at most, 1 to 4
 * @param maxRate questions a second, at most
 */
public record SqlDirectory(
    Optional<String> url,
    Optional<String> user,
    Optional<Path> passwordFile,
    Optional<String> query,
    List<String> domains,
    int connections,
    int maxRate) {
  static final SqlDirectory NONE =
      new SqlDirectory(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          2,
          100);

  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&;]password=|//[^/@]*:[^/@]*@");

  public SqlDirectory {
    domains = List.copyOf(domains);
  }

  public boolean isOn() {
    return url.isPresent();
  }

  static SqlDirectory read(Section section, Function<String, Path> path) {
    SqlDirectory directory =
        new SqlDirectory(
            section.value("url", "\"jdbc:postgresql://db.example.com/mail\"", SqlDirectory::url),
            section.value("user", "\"backstop\"", Plain::line),
            section.value("password-file", "\"/etc/backstop/sql.password\"", path),
            section.value(
                "query", "\"select 1 from users where mail = :address\"", SqlDirectory::query),
            section.list("domains", List.of(), "[\"example.com\"]", DomainName::parse),
            section.number("connections", NONE.connections(), 1, 4),
            section.number("max-rate", NONE.maxRate(), 1, 100_000));
    section.refuseOthers();
    directory.together(section);
    return directory;
  }

  private void together(Section section) {
    if (!isOn() && (query.isPresent() || user.isPresent() || passwordFile.isPresent())) {
      section.refuse("recipients.sql", null, "needs url, whom to ask");
    }
    if (isOn() && query.isEmpty()) {
      section.refuse("recipients.sql.url", null, "needs query, what to ask");
    }
    if (passwordFile.isPresent() && user.isEmpty()) {
      section.refuse("recipients.sql.password-file", null, "needs user, whose password it is");
    }
  }

  private static String url(String text) {
    Plain.line(text);
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("jdbc:postgresql:") && !lower.startsWith("jdbc:sqlite:")) {
      throw new IllegalArgumentException("must begin with jdbc:postgresql: or jdbc:sqlite:");
    }
    if (PASSWORD.matcher(text).find()) {
      throw new IllegalArgumentException("must have no password: write it to a password-file");
    }
    return text;
  }

  private static String query(String text) {
    NamedQuery query = NamedQuery.parse(Plain.line(text.strip()));
    List<String> known = List.of("address", "local", "domain");
    for (String name : query.names()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("knows :address, :local and :domain, not :" + name);
      }
    }
    if (!query.names().contains("address") && !query.names().contains("local")) {
      throw new IllegalArgumentException(
          "finds the same for everybody: it needs :address or :local");
    }
    return text.strip();
  }
}
