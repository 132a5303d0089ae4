package dev.backstop.auth.doctor.mx;

import dev.backstop.auth.doctor.ask.HostAddresses;
import dev.backstop.auth.doctor.ask.Together;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.IpLiteral;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What DNS says of the hosts that take mail for a domain. Immutable.
 *
 * @param answer to the question for MX records
 * @param hosts the first of them, the most wanted first, with their addresses
 * @param itself the addresses of the domain, asked for only where it surely has no MX
 */
public record MxFacts(
    DnsName domain,
    Answer<MailExchanger> answer,
    List<Host> hosts,
    Optional<HostAddresses> itself) {
  /** Hosts that are looked at; big receivers have about ten. */
  static final int MAX_HOSTS = 20;

  private static final Comparator<MailExchanger> ORDER =
      Comparator.comparingInt(MailExchanger::preference)
          .thenComparing(exchanger -> exchanger.host().map(DnsName::text).orElse(""));

  /** A host of an MX record. */
  public record Host(MailExchanger exchanger, HostAddresses addresses) {
    public DnsName name() {
      return addresses.name();
    }

    /** Whether the MX has an address in the place of a name. */
    boolean isAddress() {
      try {
        IpLiteral.parse(name().text());
        return true;
      } catch (IllegalArgumentException _) {
        return false;
      }
    }
  }

  public MxFacts {
    hosts = List.copyOf(hosts);
  }

  /** Asks; at most three questions a host. */
  public static MxFacts look(Resolver resolver, DnsName domain) {
    Answer<MailExchanger> answer = resolver.mx(domain);
    List<MailExchanger> named =
        answer.records().stream()
            .filter(exchanger -> exchanger.host().isPresent())
            .sorted(ORDER)
            .limit(MAX_HOSTS)
            .toList();
    List<Host> hosts =
        Together.map(
            named,
            exchanger ->
                new Host(
                    exchanger, HostAddresses.withAlias(resolver, exchanger.host().orElseThrow())));
    Optional<HostAddresses> itself =
        answer instanceof Answer.NoData
            ? Optional.of(HostAddresses.of(resolver, domain))
            : Optional.empty();
    return new MxFacts(domain, answer, hosts, itself);
  }

  /** False only when the name servers say so. */
  public boolean domainExists() {
    return !(answer instanceof Answer.NoSuchName);
  }

  /** Whether the domain says that it takes no mail, and nothing else (RFC 7505 §3). */
  public boolean isNullMx() {
    return hasNullMx() && hosts.isEmpty();
  }

  /** Whether nobody takes its mail, be it said (RFC 7505 §3) or not. */
  public boolean takesNoMail() {
    return isNullMx() || itself.filter(HostAddresses::isMissing).isPresent();
  }

  boolean hasNullMx() {
    return answer.records().stream().anyMatch(exchanger -> exchanger.host().isEmpty());
  }

  /** The hosts that take its mail with their addresses, the domain itself where there is no MX. */
  public List<HostAddresses> receivers() {
    return itself
        .filter(addresses -> !addresses.addresses().isEmpty())
        .map(List::of)
        .orElseGet(() -> hosts.stream().map(Host::addresses).toList());
  }
}
