package dev.backstop.auth.reverse;

import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the name that a client greets with. RFC 5321 §4.1.4: a server MUST NOT refuse mail
 * because the name does not fit the address, so these are findings to weigh with others.
 */
public final class HeloCheck {
  /** Findings that leave nothing to look up. */
  private static final Set<HeloFinding> NO_NAME =
      EnumSet.of(
          HeloFinding.MISSING,
          HeloFinding.BARE_ADDRESS,
          HeloFinding.BAD_CHARACTERS,
          HeloFinding.NOT_A_NAME);

  private HeloCheck() {}

  /**
   * What the text alone tells; asks nobody.
   *
   * @param helo as received, without the command
   * @param own names of ours, which no client from outside has
   * @return empty when all is well
   */
  public static Set<HeloFinding> syntax(String helo, InetAddress client, Set<DnsName> own) {
    if (helo.isBlank()) {
      return EnumSet.of(HeloFinding.MISSING);
    }
    if (helo.startsWith("[")) {
      return literal(helo, client);
    }
    if (address(helo).isPresent()) {
      return EnumSet.of(HeloFinding.BARE_ADDRESS);
    }
    return name(helo, own);
  }

  /** The same and what DNS tells, with at most two queries. */
  public static Set<HeloFinding> check(
      Resolver resolver, String helo, InetAddress client, Set<DnsName> own) {
    Set<HeloFinding> findings = syntax(helo, client, own);
    if (!helo.startsWith("[") && Collections.disjoint(findings, NO_NAME)) {
      DnsName.parse(helo).ifPresent(name -> lookUp(resolver, name, client, findings));
    }
    return findings;
  }

  /** {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). */
  private static Set<HeloFinding> literal(String helo, InetAddress client) {
    boolean six = helo.regionMatches(true, 1, "IPv6:", 0, 5);
    Optional<InetAddress> address =
        helo.endsWith("]") && helo.length() > (six ? 6 : 1)
            ? address(helo.substring(six ? 6 : 1, helo.length() - 1))
            : Optional.empty();
    if (address.isEmpty() || six == address.get() instanceof Inet4Address) {
      return EnumSet.of(HeloFinding.BROKEN_LITERAL);
    }
    return address.get().equals(client)
        ? EnumSet.noneOf(HeloFinding.class)
        : EnumSet.of(HeloFinding.OTHER_LITERAL);
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(IpLiteral.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Set<HeloFinding> name(String helo, Set<DnsName> own) {
    Set<HeloFinding> findings = EnumSet.noneOf(HeloFinding.class);
    if (!isHostName(helo)) {
      findings.add(HeloFinding.BAD_CHARACTERS);
    }
    Optional<DnsName> name = DnsName.parse(helo);
    if (name.isEmpty() || hasHyphenAtAnEnd(name.get().text())) {
      findings.add(HeloFinding.NOT_A_NAME);
    }
    if (name.isPresent() && name.get().labels() == 1) {
      findings.add(HeloFinding.NOT_QUALIFIED);
    }
    if (name.filter(own::contains).isPresent()) {
      findings.add(HeloFinding.OUR_NAME);
    }
    return findings;
  }

  /** Letters, digits and hyphens (RFC 1123 §2.1), and dots between them. */
  private static boolean isHostName(String helo) {
    for (int i = 0; i < helo.length(); i++) {
      char c = helo.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean hasHyphenAtAnEnd(String name) {
    return name.startsWith("-") || name.endsWith("-") || name.contains("-.") || name.contains(".-");
  }

  private static void lookUp(
      Resolver resolver, DnsName name, InetAddress client, Set<HeloFinding> findings) {
    Answer<InetAddress> answer = ReverseDns.addresses(resolver, name, client);
    if (answer.records().contains(client)) {
      return;
    }
    if (!answer.records().isEmpty()) {
      findings.add(HeloFinding.OTHER_ADDRESS);
    } else if (answer.isTemporary()) {
      findings.add(HeloFinding.UNANSWERED);
    } else {
      findings.add(otherFamily(resolver, name, client, answer));
    }
  }

  private static HeloFinding otherFamily(
      Resolver resolver, DnsName name, InetAddress client, Answer<InetAddress> answer) {
    if (answer instanceof Answer.NoSuchName) {
      return HeloFinding.UNRESOLVABLE;
    }
    Answer<InetAddress> other =
        client instanceof Inet4Address ? resolver.ipv6(name) : resolver.ipv4(name);
    if (other.isTemporary()) {
      return HeloFinding.UNANSWERED;
    }
    return other.records().isEmpty() ? HeloFinding.UNRESOLVABLE : HeloFinding.OTHER_ADDRESS;
  }
}
