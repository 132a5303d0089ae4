package dev.backstop.auth.doctor.mx;

import dev.backstop.auth.doctor.ask.HostAddresses;
import dev.backstop.auth.doctor.ask.SpecialAddress;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.RecordType;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.auth.doctor.finding.ZoneRecord;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import dev.backstop.mail.address.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what DNS says of the hosts that take mail. */
public final class MxFindings {

  private final MxFacts facts;
  private final DnsName domain;
  private final List<Finding> findings = new ArrayList<>();

  private MxFindings(MxFacts facts) {
    this.facts = facts;
    this.domain = facts.domain();
  }

  /** In the order in which an administrator would look. */
  public static List<Finding> of(MxFacts facts) {
    var judge = new MxFindings(facts);
    judge.judge();
    return List.copyOf(judge.findings);
  }

  private void judge() {
    switch (facts.answer()) {
      case Answer.Found<MailExchanger> _ -> records();
      case Answer.NoData<MailExchanger> _ -> facts.itself().ifPresent(this::withoutRecords);
      case Answer.NoSuchName<MailExchanger> _ ->
          add(MxCode.NO_SUCH_DOMAIN, shown() + " does not exist: name servers know no such name.");
      case Answer.ServerFailure<MailExchanger> _, Answer.Timeout<MailExchanger> _ ->
          add(
              MxCode.UNANSWERED,
              "Who takes mail for %s could not be found out: %s."
                  .formatted(shown(), facts.answer().describe()));
    }
  }

  private void records() {
    if (facts.isNullMx()) {
      add(MxCode.NULL_MX, shown() + " says that it takes no mail (Null MX).");
      return;
    }
    List<String> hosts =
        facts.hosts().stream()
            .map(host -> Shown.name(host.name()) + " (" + host.exchanger().preference() + ")")
            .toList();
    add(MxCode.FOUND, "Mail for %s goes to %s.".formatted(shown(), Shown.list(hosts)));
    if (facts.hasNullMx()) {
      nullMxAndOthers();
    }
    facts.hosts().forEach(this::host);
    many();
    ipv6();
  }

  private void nullMxAndOthers() {
    Remedy[] remedies =
        facts.answer().records().stream()
            .filter(exchanger -> exchanger.host().isEmpty())
            .map(exchanger -> Remedy.remove(domain, RecordType.MX, ZoneRecord.value(exchanger)))
            .limit(MxFacts.MAX_HOSTS)
            .toArray(Remedy[]::new);
    add(
        MxCode.NULL_MX_AND_OTHERS,
        shown() + " says that it takes no mail (Null MX), and names hosts that take it.",
        remedies);
  }

  private void host(MxFacts.Host host) {
    HostAddresses addresses = host.addresses();
    String name = Shown.name(host.name());
    if (host.isAddress()) {
      add(MxCode.HOST_IS_ADDRESS, "An MX record names %s, an address.".formatted(name), gone(host));
      return;
    }
    addresses.alias().ifPresent(target -> alias(host, target));
    Optional<String> trouble = addresses.trouble();
    if (trouble.isPresent()) {
      add(
          MxCode.HOST_UNANSWERED,
          "The addresses of %s could not be found out: %s.".formatted(name, trouble.get()));
    } else if (addresses.isMissing()) {
      boolean unknown = addresses.ipv4() instanceof Answer.NoSuchName;
      String what = unknown ? "does not exist" : "has no address";
      add(MxCode.HOST_WITHOUT_ADDRESS, "The mail host %s %s.".formatted(name, what), gone(host));
    }
    special(addresses);
  }

  private void alias(MxFacts.Host host, DnsName target) {
    var direct = new MailExchanger(host.exchanger().preference(), Optional.of(target));
    boolean named = facts.hosts().stream().anyMatch(other -> other.name().equals(target));
    List<Remedy> remedies = new ArrayList<>(List.of(gone(host)));
    if (!named) {
      remedies.add(Remedy.publish(domain, RecordType.MX, ZoneRecord.value(direct)));
    }
    add(
        MxCode.HOST_IS_ALIAS,
        "The mail host %s is an alias (CNAME) of %s."
            .formatted(Shown.name(host.name()), Shown.name(target)),
        remedies.toArray(Remedy[]::new));
  }

  private Remedy gone(MxFacts.Host host) {
    return Remedy.remove(domain, RecordType.MX, ZoneRecord.value(host.exchanger()));
  }

  private void special(HostAddresses host) {
    List<InetAddress> special =
        host.addresses().stream().filter(each -> SpecialAddress.kind(each).isPresent()).toList();
    if (special.isEmpty()) {
      return;
    }
    List<String> shown =
        special.stream()
            .map(each -> IpLiteral.render(each) + " (" + SpecialAddress.kind(each).get() + ")")
            .toList();
    add(
        MxCode.HOST_NOT_PUBLIC,
        "The mail host %s has %s.".formatted(Shown.name(host.name()), Shown.list(shown)),
        special.stream().map(each -> withoutAddress(host, each)).toArray(Remedy[]::new));
  }

  private static Remedy withoutAddress(HostAddresses host, InetAddress address) {
    RecordType type = address instanceof Inet6Address ? RecordType.AAAA : RecordType.A;
    return Remedy.remove(host.alias().orElse(host.name()), type, IpLiteral.render(address));
  }

  private void many() {
    int count = facts.answer().records().size();
    if (count > MxFacts.MAX_HOSTS) {
      add(MxCode.MANY_HOSTS, "%s has %d MX records.".formatted(shown(), count));
    }
  }

  private void ipv6() {
    boolean some = facts.hosts().stream().anyMatch(host -> !host.addresses().addresses().isEmpty());
    boolean none =
        facts.hosts().stream()
            .map(host -> host.addresses().ipv6())
            .allMatch(answer -> answer.records().isEmpty() && !answer.isTemporary());
    if (some && none) {
      add(MxCode.NO_IPV6, "No host that takes mail for %s has an IPv6 address.".formatted(shown()));
    }
  }

  private void withoutRecords(HostAddresses itself) {
    List<String> addresses = itself.addresses().stream().map(IpLiteral::render).toList();
    Optional<String> trouble = itself.trouble();
    if (trouble.isPresent()) {
      add(
          MxCode.UNANSWERED,
          "%s has no MX record, and its addresses could not be found out: %s."
              .formatted(shown(), trouble.get()));
    } else if (addresses.isEmpty()) {
      add(
          MxCode.NOWHERE,
          shown()
              + " has neither an MX record nor an address: nobody takes its mail, and many"
              + " receivers refuse mail from it.");
    } else {
      add(
          MxCode.NO_MX,
          "%s has no MX record, so that its mail goes to its own address, %s."
              .formatted(shown(), Shown.list(addresses)),
          Remedy.publish(domain, RecordType.MX, "10 " + ZoneRecord.value(domain)));
    }
  }

  private String shown() {
    return Shown.name(domain);
  }

  private void add(MxCode code, String text, Remedy... remedies) {
    findings.add(Finding.of(code, text, remedies));
  }
}
