package dev.backstop.server.config;

import java.util.List;
import java.util.stream.Stream;

/** The tables of {@link RecipientRules}, as {@link ConfigText} writes them. */
final class RecipientText {
  private RecipientText() {}

  static List<String> render(RecipientRules rules) {
    return Stream.of(general(rules), ldap(rules.ldap()), sql(rules.sql()), callOut(rules.callOut()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> general(RecipientRules rules) {
    return List.of(
        "",
        "[recipients]",
        "files = " + ConfigText.list(rules.files()),
        "sub-address = " + ConfigText.quoted(rules.subAddress()),
        "cache = " + ConfigText.quoted(Units.render(rules.cache())),
        "negative-cache = " + ConfigText.quoted(Units.render(rules.negativeCache())),
        "time-limit = " + ConfigText.quoted(Units.render(rules.timeLimit())));
  }

  private static List<String> ldap(LdapDirectory ldap) {
    return List.of(
        "",
        "[recipients.ldap]",
        "urls = " + ConfigText.list(ldap.urls()),
        "start-tls = " + ldap.startTls(),
        ConfigText.optional("authorities", ldap.authorities()),
        ConfigText.optional("bind-dn", ldap.bindDn()),
        ConfigText.optional("password-file", ldap.passwordFile()),
        ConfigText.optional("base", ldap.base()),
        "filter = " + ConfigText.quoted(ldap.filter()),
        "domains = " + ConfigText.list(ldap.domains()),
        "connections = " + ldap.connections(),
        "max-rate = " + ldap.maxRate());
  }

  private static List<String> sql(SqlDirectory sql) {
    return List.of(
        "",
        "[recipients.sql]",
        ConfigText.optional("url", sql.url()),
        ConfigText.optional("user", sql.user()),
        ConfigText.optional("password-file", sql.passwordFile()),
        ConfigText.optional("query", sql.query()),
        "domains = " + ConfigText.list(sql.domains()),
        "connections = " + sql.connections(),
        "max-rate = " + sql.maxRate());
  }

  private static List<String> callOut(CallOut callOut) {
    return List.of(
        "",
        "[recipients.call-out]",
        ConfigText.optional("server", callOut.server()),
        "sender = " + ConfigText.quoted(callOut.sender()),
        "domains = " + ConfigText.list(callOut.domains()),
        "max-rate = " + callOut.maxRate());
  }
}
