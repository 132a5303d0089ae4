package dev.backstop.auth.doctor.host;

import dev.backstop.auth.doctor.ask.Together;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.RecordType;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.auth.doctor.finding.ZoneRecord;
import dev.backstop.auth.reverse.ReverseDns;
import dev.backstop.auth.reverse.ReverseOutcome;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.dns.ReverseName;
import dev.backstop.mail.address.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Looks at the reverse names of hosts, and judges them. */
public final class HostFindings {
  private final DnsName domain;
  private final List<String> confirmed = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private HostFindings(DnsName domain) {
    this.domain = domain;
  }

  /** Asks; at most eleven questions a host. */
  public static List<Finding> look(Resolver resolver, DnsName domain, MailHosts hosts) {
    List<ReverseOutcome> outcomes =
        Together.map(hosts.hosts(), host -> ReverseDns.verify(resolver, host.address()));
    var judge = new HostFindings(domain);
    for (int i = 0; i < outcomes.size(); i++) {
      judge.host(hosts.hosts().get(i), outcomes.get(i));
    }
    judge.whole(hosts);
    return List.copyOf(judge.findings);
  }

  private void whole(MailHosts hosts) {
    if (!confirmed.isEmpty()) {
      boolean one = confirmed.size() == 1;
      findings.addFirst(
          Finding.of(
              HostCode.CONFIRMED,
              "%s that %s back: %s."
                  .formatted(
                      one ? "One address has a name" : confirmed.size() + " addresses have names",
                      one ? "leads" : "lead",
                      Shown.list(confirmed))));
    }
    if (hosts.count() > hosts.hosts().size()) {
      add(
          HostCode.MANY,
          "The domain has %d hosts, of which the first %d were looked at."
              .formatted(hosts.count(), hosts.hosts().size()));
    }
  }

  private void host(MailHost host, ReverseOutcome outcome) {
    String address = IpLiteral.render(host.address());
    switch (outcome) {
      case ReverseOutcome.Pass(InetAddress _, DnsName name) -> confirmed(host, name);
      case ReverseOutcome.PermError _ ->
          add(
              host.sends() ? HostCode.NO_NAME : HostCode.NO_NAME_FOR_RECEIVER,
              "%s has no name: there is no PTR record.".formatted(shown(host)),
              pointer(host));
      case ReverseOutcome.Fail(InetAddress _, List<DnsName> names) ->
          add(
              host.sends() ? HostCode.NAME_LEADS_ASTRAY : HostCode.NAME_OF_RECEIVER_LEADS_ASTRAY,
              "The name of %s, %s, does not lead back to it."
                  .formatted(address, Shown.list(names.stream().map(Shown::name).toList())),
              forward(host, names));
      case ReverseOutcome.TempError(InetAddress _, String reason) ->
          add(
              HostCode.UNANSWERED,
              "The name of %s could not be found out: %s.".formatted(shown(host), reason));
    }
  }

  private void confirmed(MailHost host, DnsName name) {
    String address = IpLiteral.render(host.address());
    confirmed.add(address + " (" + Shown.name(name) + ")");
    if (host.sends() && isLikeHomeLine(host.address(), name)) {
      add(
          HostCode.NAME_LIKE_A_HOME_LINE,
          "The name of %s, %s, has the address in it.".formatted(address, Shown.name(name)),
          pointer(host));
    }
  }

  /** Whether all numbers of an IPv4 address stand in the name, as providers name customers. */
  private static boolean isLikeHomeLine(InetAddress address, DnsName name) {
    if (!(address instanceof Inet4Address)) {
      return false;
    }
    String numbers = "." + name.text().replaceAll("[^0-9]+", ".") + ".";
    for (byte octet : address.getAddress()) {
      if (!numbers.contains("." + (octet & 0xff) + ".")) {
        return false;
      }
    }
    return true;
  }

  private static Remedy[] pointer(MailHost host) {
    return host.name().stream()
        .map(name ->
            Remedy.publish(ReverseName.of(host.address()), RecordType.PTR, ZoneRecord.value(name)))
        .toArray(Remedy[]::new);
  }

  /** The address for a name of our own, else the PTR record for the name that we know. */
  private Remedy[] forward(MailHost host, List<DnsName> names) {
    boolean four = host.address() instanceof Inet4Address;
    return names.stream()
        .filter(name -> name.isWithin(domain))
        .findFirst()
        .map(name ->
            new Remedy[] {
              Remedy.publish(
                  name, four ? RecordType.A : RecordType.AAAA, IpLiteral.render(host.address()))
            })
        .orElseGet(() -> pointer(host));
  }

  private static String shown(MailHost host) {
    String address = IpLiteral.render(host.address());
    return host.name().map(name -> address + " (" + Shown.name(name) + ")").orElse(address);
  }

  private void add(HostCode code, String text, Remedy... remedies) {
    findings.add(Finding.of(code, text, remedies));
  }
}
