package dev.backstop.auth.doctor.spf;

import dev.backstop.auth.doctor.mx.MxFacts;
import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A first SPF record for a domain that has none. */
final class SpfProposal {
  /** A domain that sends no mail (RFC 7208 §10.1.2). */
  static final String NO_MAIL = "v=spf1 -all";

  /** Providers that take and send mail with different hosts, by the names of those that take it. */
  private static final Map<DnsName, String> PROVIDERS =
      Map.of(
          DnsName.of("google.com"), "_spf.google.com",
          DnsName.of("googlemail.com"), "_spf.google.com",
          DnsName.of("mail.protection.outlook.com"), "spf.protection.outlook.com",
          DnsName.of("mail.icloud.com"), "icloud.com",
          DnsName.of("messagingengine.com"), "spf.messagingengine.com",
          DnsName.of("protonmail.ch"), "_spf.protonmail.ch",
          DnsName.of("mailbox.org"), "mailbox.org");

  private SpfProposal() {}

  /**
   * Allows the hosts that take its mail, or what their provider says. It ends in {@code ~all}, so
   * that nothing is refused that was forgotten.
   */
  static String of(MxFacts mx) {
    List<String> includes =
        mx.hosts().stream()
            .map(host -> include(host.name()))
            .filter(include -> !include.isEmpty())
            .distinct()
            .toList();
    boolean own = mx.hosts().stream().anyMatch(host -> include(host.name()).isEmpty());
    String hosts = own ? " mx" : mx.hosts().isEmpty() ? " a" : "";
    return "v=spf1"
        + hosts
        + includes.stream().map(each -> " include:" + each).collect(Collectors.joining())
        + " ~all";
  }

  private static String include(DnsName host) {
    return PROVIDERS.entrySet().stream()
        .filter(provider -> host.isWithin(provider.getKey()))
        .map(Map.Entry::getValue)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }
}
