package dev.backstop.auth.doctor.blocklist;

import dev.backstop.auth.doctor.ask.Together;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Shown;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.dns.ReverseName;
import dev.backstop.mail.address.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Asks lists about hosts, and judges their answers. */
public final class ListFindings {
  private final Resolver resolver;
  private final List<InetAddress> hosts;
  private final List<String> clean = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private ListFindings(Resolver resolver, List<InetAddress> hosts) {
    this.resolver = resolver;
    this.hosts = hosts;
  }

  /** A list, its state, and what it says of each host that it knows of. */
  private record Asked(Blocklist list, ListState state, List<Said> said) {}

  private record Said(InetAddress host, ListAnswer answer) {}

  /**
   * Asks; three questions a list, and one for each host, two where it is listed.
   *
   * @param hosts addresses that the world can reach; none means that nobody is asked
   */
  public static List<Finding> look(
      Resolver resolver, List<Blocklist> lists, List<InetAddress> hosts) {
    if (hosts.isEmpty()) {
      return List.of();
    }
    var judge = new ListFindings(resolver, hosts);
    Together.map(lists, judge::ask).forEach(judge::judge);
    judge.whole();
    return List.copyOf(judge.findings);
  }

  private Asked ask(Blocklist list) {
    boolean six = hosts.stream().anyMatch(Inet6Address.class::isInstance);
    ListState state = ListState.of(resolver, list, six);
    if (!(state instanceof ListState.Working working)) {
      return new Asked(list, state, List.of());
    }
    List<InetAddress> known =
        hosts.stream().filter(host -> working.ipv6() || !(host instanceof Inet6Address)).toList();
    return new Asked(
        list,
        state,
        Together.map(known, host -> new Said(host, ListAnswer.of(resolver, list, host))));
  }

  private void judge(Asked asked) {
    String zone = Shown.name(asked.list().zone());
    switch (asked.state()) {
      case ListState.Working _ -> working(asked, zone);
      case ListState.Refusing(int code) ->
          add(ListCode.LIST_REFUSES, "%s does not answer us: %s.".formatted(zone, refusal(code)));
      case ListState.Broken _ ->
          add(ListCode.LIST_BROKEN, "%s does not work as a list.".formatted(zone));
      case ListState.Silent(String reason) -> unanswered(zone, reason);
    }
  }

  private void working(Asked asked, String zone) {
    List<InetAddress> unlisted = new ArrayList<>();
    for (Said said : asked.said()) {
      switch (said.answer()) {
        case ListAnswer.Listed(List<Integer> codes) -> listed(asked.list(), said.host(), codes);
        case ListAnswer.NotListed _ -> unlisted.add(said.host());
        case ListAnswer.Refused(int code) ->
            add(ListCode.LIST_REFUSES, "%s does not answer us: %s.".formatted(zone, refusal(code)));
        case ListAnswer.Nonsense _ ->
            add(ListCode.LIST_BROKEN, "%s says what no list says.".formatted(zone));
        case ListAnswer.Unanswered(String reason) -> unanswered(zone, reason);
      }
    }
    if (unlisted.size() == asked.said().size() && !unlisted.isEmpty()) {
      clean.add(unlisted.size() < hosts.size() ? zone + " (IPv4 only)" : zone);
    }
  }

  private void unanswered(String zone, String reason) {
    add(
        ListCode.UNANSWERED,
        "Whether %s lists a host could not be found out: %s.".formatted(zone, reason));
  }

  private static String refusal(int code) {
    return switch (code) {
      case 252 -> "it says that its name is misspelt (127.255.255.252)";
      case 254 -> "it says that we ask through a public resolver (127.255.255.254)";
      case 255 -> "it says that we ask too often (127.255.255.255)";
      default -> "it refuses with 127.255.255." + code;
    };
  }

  private void listed(Blocklist list, InetAddress host, List<Integer> codes) {
    List<String> meanings =
        codes.stream().map(list.meanings()::get).filter(Objects::nonNull).distinct().toList();
    String as = meanings.isEmpty() ? "" : " as " + Shown.list(meanings);
    String about = list.about().isEmpty() ? "" : ", which lists " + list.about();
    add(
        ListCode.LISTED,
        "%s is on %s%s%s%s."
            .formatted(
                IpLiteral.render(host), Shown.name(list.zone()), about, as, reason(list, host)));
  }

  /** What the list itself says (RFC 5782 §2.1), else where one can read it. */
  private String reason(Blocklist list, InetAddress host) {
    DnsName name = list.zone().under(ReverseName.reversed(host)).orElse(list.zone());
    Answer<String> text = resolver.txt(name);
    if (!text.records().isEmpty()) {
      return ": " + Shown.quoted(text.records().getFirst());
    }
    return list.page().isEmpty() ? "" : "; see " + list.page();
  }

  private void whole() {
    if (!clean.isEmpty()) {
      String who =
          hosts.size() == 1
              ? IpLiteral.render(hosts.getFirst()) + " is not"
              : "None of " + hosts.size() + " addresses is";
      findings.addFirst(
          Finding.of(ListCode.NOT_LISTED, "%s on %s.".formatted(who, Shown.list(clean))));
    }
  }

  private void add(ListCode code, String text) {
    Finding finding = Finding.of(code, text);
    if (!findings.contains(finding)) { // the same trouble with many hosts is said once
      findings.add(finding);
    }
  }
}
