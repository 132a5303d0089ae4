package dev.backstop.cli.auth.print;

import dev.backstop.auth.dmarc.AuthorDomain;
import dev.backstop.auth.dmarc.DmarcResult;
import dev.backstop.cli.auth.answer.MessageAnswer;
import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.stream.Collectors;

/** What JSON and blocks say in the same words. */
final class Words {
  private Words() {}

  /** From as DMARC sees it: the domain, or why there is not just one. */
  static String author(AuthorDomain author) {
    return switch (author) {
      case AuthorDomain.One(DnsName domain) -> domain.text();
      case AuthorDomain.Missing() -> "there is no From field";
      case AuthorDomain.Repeated(int fields, List<DnsName> domains) ->
          "there are " + fields + " From fields" + named(domains);
      case AuthorDomain.Several(List<DnsName> domains) ->
          "From has authors of several domains" + named(domains);
      case AuthorDomain.Unreadable(String reason, List<DnsName> domains) ->
          "From cannot be read in one way only: " + reason + named(domains);
    };
  }

  private static String named(List<DnsName> domains) {
    return domains.isEmpty()
        ? ""
        : domains.stream().map(DnsName::text).collect(Collectors.joining(", ", " (", ")"));
  }

  /** Why DMARC has that result, with what was not known to it. */
  static String dmarcReason(MessageAnswer message) {
    String author = author(message.author());
    if (message.dmarc().isEmpty()) {
      return author;
    }
    var reason = new StringBuilder(message.dmarc().get().reason());
    if (message.author().domains().size() > 1) {
      reason.insert(0, author + "; the strictest policy counts: ");
    }
    DmarcResult result = message.dmarc().get().result();
    if (result == DmarcResult.FAIL && message.spf().isEmpty()) {
      reason.append("; SPF is not known without the address of the client");
    }
    if (result == DmarcResult.PASS && message.headerOnly()) {
      reason.append("; no body was checked");
    }
    return reason.toString();
  }
}
