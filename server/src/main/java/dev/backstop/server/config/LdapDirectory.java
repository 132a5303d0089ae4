package dev.backstop.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A directory that is asked by LDAP whether a recipient exists.
 *
 * @param urls tried in their order; none: no such directory
 * @param startTls whether a connection of {@code ldap://} is encrypted before anything is said
 * @param authorities certificates in PEM that are believed; empty: those of the system
 * @param bindDn who asks; empty: nobody in particular (anonymous)
 * @param passwordFile absolute; there when {@code bindDn} is
 * @param base where the search begins; there when {@code urls} are
 * @param filter with {@code {address}}, {@code {local}} and {@code {domain}}
 * @param domains it knows all addresses of; none: of all our domains
 * @param connections at most, 1 to 8
 * @param maxRate questions a second, at most
 */
public record LdapDirectory(
    List<LdapUrl> urls,
    boolean startTls,
    Optional<Path> authorities,
    Optional<String> bindDn,
    Optional<Path> passwordFile,
    Optional<String> base,
    String filter,
    List<String> domains,
    int connections,
    int maxRate) {
  static final LdapDirectory NONE =
      new LdapDirectory(
          List.of(),
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "(|(mail={address})(proxyAddresses=smtp:{address}))",
          List.of(),
          2,
          100);

  private static final int MOST_URLS = 8;

  public LdapDirectory {
    urls = List.copyOf(urls);
    domains = List.copyOf(domains);
  }

  public boolean isOn() {
    return !urls.isEmpty();
  }

  static LdapDirectory read(Section section, Function<String, Path> path) {
    LdapDirectory directory =
        new LdapDirectory(
            section.list("urls", List.of(), "[\"ldaps://ldap.example.com\"]", LdapUrl::parse),
            section.flag("start-tls", NONE.startTls()),
            section.value("authorities", "\"/etc/backstop/ldap-ca.pem\"", path),
            section.value("bind-dn", "\"cn=backstop,dc=example,dc=com\"", Plain::line),
            section.value("password-file", "\"/etc/backstop/ldap.password\"", path),
            section.value("base", "\"ou=people,dc=example,dc=com\"", Plain::line),
            section
                .value("filter", "\"(mail={address})\"", LdapFilter::check)
                .orElse(NONE.filter()),
            section.list("domains", List.of(), "[\"example.com\"]", DomainName::parse),
            section.number("connections", NONE.connections(), 1, 8),
            section.number("max-rate", NONE.maxRate(), 1, 100_000));
    section.refuseOthers();
    directory.together(section);
    return directory;
  }

  private void together(Section section) {
    if (!isOn() && (base.isPresent() || bindDn.isPresent() || passwordFile.isPresent())) {
      section.refuse("recipients.ldap", null, "needs urls, whom to ask");
    }
    if (isOn() && base.isEmpty()) {
      section.refuse("recipients.ldap.urls", null, "needs base, where the search begins");
    }
    if (bindDn.isPresent() && passwordFile.isEmpty()) {
      section.refuse("recipients.ldap.bind-dn", null, "needs password-file");
    }
    if (passwordFile.isPresent() && bindDn.isEmpty()) {
      section.refuse("recipients.ldap.password-file", null, "needs bind-dn, whose password it is");
    }
    if (urls.size() > MOST_URLS) {
      section.refuse("recipients.ldap.urls", null, "has more than " + MOST_URLS + " servers");
    }
  }
}
