package dev.backstop.cli.keys.dkim;

import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.dkim.DkimKey;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Domains and selectors as people and tables write them. */
final class Names {
  private Names() {}

  /** The domain that is meant; empty when the text is no name under which mail is signed. */
  static Optional<DnsName> domain(String text) {
    return DnsName.parse(text)
        .filter(name -> DkimKey.isPlain(name.text()))
        .filter(name -> means(name, text));
  }

  /** Old rules for umlauts (IDNA 2003) turn ß into ss: then it would be somebody else's domain. */
  private static boolean means(DnsName name, String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    String bare = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    return name.text().equals(bare) || IDN.toUnicode(name.text()).equals(bare);
  }

  static List<DnsName> domains(List<String> texts) {
    return texts.stream()
        .map(text ->
            domain(text)
                .orElseThrow(
                    () -> new CommandFailure(ExitStatus.USAGE, text + " is not a domain name")))
        .distinct()
        .toList();
  }

  /** A selector in lower case; empty when it cannot be one below that domain. */
  static Optional<String> selector(DnsName domain, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return DkimKey.recordName(domain, lower)
        .filter(name -> DkimKey.isPlain(name.text()))
        .map(_ -> lower);
  }

  static String selectorOrFail(DnsName domain, String text) {
    return selector(domain, text)
        .orElseThrow(() ->
            new CommandFailure(
                ExitStatus.USAGE,
                text + " is not a selector: it takes letters, digits, - and dots"));
  }
}
