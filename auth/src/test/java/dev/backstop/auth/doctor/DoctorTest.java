package dev.backstop.auth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.doctor.blocklist.Blocklist;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A good zone broken in one way each: all that is found besides what is in order. */
class DoctorTest {
  private static final Examination EXAMPLE =
      new Examination(
          DnsName.of("example.com"),
          List.of(),
          List.of(),
          List.of(Blocklist.of(DnsName.of("bl.example"))));

  static Report examined(String changes) {
    return Doctor.examine(Zone.GOOD.changed(changes).resolver(), EXAMPLE);
  }

  /** Names of all findings that are not just in order, sorted. */
  static String named(Report report) {
    return report.findings().stream()
        .filter(finding -> finding.code().severity() != Severity.OK)
        .map(DoctorTest::named)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(" "));
  }

  private static String named(Finding finding) {
    return finding.code().section().text() + "/" + finding.code().text();
  }

  @Test
  void aGoodZoneIsInOrder() {
    Report report = examined("");
    assertThat(named(report)).isEmpty();
    assertThat(report.worst()).isEqualTo(Severity.OK);
    assertThat(report.findings())
        .extracting(Finding::text)
        .containsExactly(
            "Mail for example.com goes to mx1.example.com (10) and mx2.example.com (20).",
            "The record of example.com is valid, and a check needs 2 of at most 10 lookups.",
            "“s1” is an RSA key of 2048 bits.",
            "Mail from example.com that fails DMARC is to be refused (reject).",
            "3 addresses have names that lead back: 192.0.2.25 (mx1.example.com), 2001:db8::25"
                + " (mx1.example.com) and 192.0.2.26 (mx2.example.com).",
            "None of 3 addresses is on bl.example (IPv4 only).");
  }

  private static List<String> texts(String changes, String code) {
    return examined(changes).findings().stream()
        .filter(finding -> finding.code().text().equals(code))
        .map(Finding::text)
        .toList();
  }

  @Test
  void errorsAreShownWithTheirPlace() {
    assertThat(texts(spf("v=spf1 mx  ip4:192.0.2.256 a:b.c/33 -all"), "syntax"))
        .containsExactly(
            "“ip4:192.0.2.256” at character 15 of the record of example.com is no SPF: a colon and"
                + " an IPv4 address must follow.",
            "“a:b.c/33” at character 34 of the record of example.com is no SPF: a number from 0 to"
                + " 32 must follow.");
  }

  @Test
  void whatAListSaysIsTold() {
    String listed = "+ 25.2.0.192.bl.example A 127.0.0.2";
    assertThat(texts(listed, "listed")).containsExactly("192.0.2.25 is on bl.example.");
    assertThat(texts(listed + "\n+ 25.2.0.192.bl.example TXT seen \\001 in traps", "listed"))
        .containsExactly("192.0.2.25 is on bl.example: “seen \\001 in traps”.");
  }

  @Test
  void whatAListMeansIsTold() {
    var zen = new Examination(EXAMPLE.domain(), List.of(), List.of(), Blocklist.USUAL);
    Zone zone =
        Zone.GOOD.changed(
            """
            + 2.0.0.127.zen.spamhaus.org A 127.0.0.2
            + 25.2.0.192.zen.spamhaus.org A 127.0.0.4
            + 25.2.0.192.zen.spamhaus.org A 127.0.0.10
            """);
    assertThat(Doctor.examine(zone.resolver(), zen).findings())
        .extracting(Finding::text)
        .contains(
            "192.0.2.25 is on zen.spamhaus.org, which lists spam sources, infected hosts and home"
                + " lines as infected or misused and an address that should not send mail itself;"
                + " see https://check.spamhaus.org/.");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  void findsWhatIsWrongAndNothingElse(String expected, String changes) {
    assertThat(named(examined(changes))).isEqualTo(expected);
  }

  private static Arguments row(String expected, String... changes) {
    return Arguments.of(expected, String.join("\n", changes));
  }

  static Stream<Arguments> rows() {
    return Stream.of(mx(), spf(), dkim(), dmarc(), hosts(), lists()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> mx() {
    return Stream.of(
        // the domain itself; what depends on it is not looked at
        row("mx/no-such-domain", "- example.com", "- mx", "- _dmarc", "- s1."),
        row("mx/unanswered spf/unanswered", "+ example.com TIMEOUT"),
        // no MX record
        row(
            "mx/no-mx spf/finds-nothing spf/mended",
            "- example.com MX",
            "+ example.com A 192.0.2.25"),
        row(
            "dmarc/reports-unreachable mx/nowhere spf/finds-nothing spf/mended",
            "- example.com MX"),
        // Null MX, RFC 7505
        row(
            "dmarc/reports-unreachable spf/allows-without-mail spf/finds-nothing spf/mended",
            "- example.com MX",
            "+ example.com MX 0 ."),
        row("mx/null-mx-and-others", "+ example.com MX 0 ."),
        row(
            "dmarc/reports-unreachable",
            "- example.com MX",
            "- example.com TXT",
            "+ example.com MX 0 .",
            "+ example.com TXT v=spf1 -all"),
        row(
            "dmarc/reports-unreachable spf/no-record-no-mail",
            "- example.com MX",
            "- example.com TXT",
            "+ example.com MX 0 ."),
        // hosts that nobody reaches
        row("mx/host-without-address", "+ example.com MX 30 mx3.example.com"),
        row(
            "mx/host-unanswered spf/target-unanswered",
            "+ example.com MX 30 mx3.example.com",
            "+ mx3.example.com SERVFAIL"),
        row(
            "mx/host-is-alias",
            "+ example.com MX 30 mx3.example.com",
            "+ mx3.example.com CNAME mx2.example.com"),
        row("mx/host-is-address", "+ example.com MX 30 192.0.2.27"),
        row(
            "mx/host-not-public",
            "+ example.com MX 30 mx3.example.com",
            "+ mx3.example.com A 10.1.2.3"),
        row(
            "mx/host-not-public",
            "+ example.com MX 30 mx3.example.com",
            "+ mx3.example.com AAAA ::1"),
        row("mx/no-ipv6", "- mx1.example.com AAAA"));
  }

  private static Stream<Arguments> spf() {
    return Stream.of(
        // no record, or none that counts
        row("spf/no-record", "- example.com TXT"),
        row("spf/not-quite", spf("spf1 mx -all")),
        row("spf/not-quite", spf("v=spf1; mx -all")),
        row("spf/several", "+ example.com TXT v=spf1 a:mx1.example.com ~all"),
        row("", "+ example.com TXT site-verification=v-spf-1"),
        // syntax, and what can be mended
        row("spf/mended spf/syntax", spf("v=spf1 mx ipv4:192.0.2.1 -all")),
        row("spf/mended spf/syntax", spf("v=spf1 mx a:192.0.2.1 -all")),
        row("spf/syntax", spf("v=spf1 mx ip4:300.0.2.1 -all")),
        row("spf/mended spf/mistaken-modifier", spf("v=spf1 mx ip4=192.0.2.1 -all")),
        row("spf/unknown-modifier", spf("v=spf1 mx note=ours -all")),
        // the end of the record
        row("spf/allows-everybody spf/mended", spf("v=spf1 mx +all")),
        row("spf/allows-everybody spf/mended", spf("v=spf1 mx all")),
        row(
            "spf/allows-everybody",
            "- _spf.mailer.example",
            "+ _spf.mailer.example TXT v=spf1 +all"),
        row("spf/ends-neutral spf/mended", spf("v=spf1 mx ?all")),
        row("spf/mended spf/no-end", spf("v=spf1 mx")),
        row("spf/mended spf/never-reached", spf("v=spf1 mx -all ip4:192.0.2.9")),
        row("spf/mended spf/never-reached", spf("v=spf1 mx -all redirect=_spf.mailer.example")),
        row("", spf("v=spf1 mx redirect=_spf.mailer.example")),
        // where it leads
        row("spf/mended spf/target-has-no-record", spf("v=spf1 mx include:none.example -all")),
        row("spf/target-has-no-record", spf("v=spf1 redirect=bl.example")),
        row("spf/loop", spf("v=spf1 mx include:example.com -all")),
        row(
            "spf/target-unanswered",
            spf("v=spf1 mx include:slow.example -all"),
            "+ slow.example TIMEOUT"),
        row("spf/finds-nothing spf/mended", spf("v=spf1 mx a:none.example.com -all")),
        row(
            "spf/finds-nothing spf/mended spf/too-many-void-lookups",
            spf("v=spf1 mx a:1.example.com a:2.example.com a:3.example.com -all")),
        row("spf/several", "+ _spf.mailer.example TXT v=spf1 -all"),
        row("spf/depends-on-sender", spf("v=spf1 mx exists:%{i}._spf.%{d} -all")),
        row("", spf("v=spf1 mx include:_spf.mailer.example -all exp=why.%{d}")),
        // lookups
        row("spf/too-many-lookups", spf("v=spf1 " + lookups(11) + " -all"), mailers(11)),
        row("spf/nearly-too-many-lookups", spf("v=spf1 " + lookups(10) + " -all"), mailers(10)),
        row(
            "mx/no-ipv6 spf/too-many-exchangers",
            "- example.com MX",
            "- mx1.example.com AAAA",
            exchangers(11)),
        // who is let in
        row("spf/ptr", spf("v=spf1 mx ptr -all")),
        row("spf/range-huge", spf("v=spf1 mx ip4:16.0.0.0/4 -all")),
        row("spf/range-huge", spf("v=spf1 a:mx1.example.com/0 -all")),
        row("spf/range-huge", spf("v=spf1 mx ip6:2001::/16 -all")),
        row("spf/range-wide", spf("v=spf1 mx ip4:198.18.0.0/15 -all")),
        row("spf/range-wide", spf("v=spf1 mx ip6:2a00::/24 -all")),
        row("", spf("v=spf1 mx ?ip4:198.18.0.0/15 -all")),
        row(
            "spf/range-wide-elsewhere",
            "- _spf.mailer.example",
            "+ _spf.mailer.example TXT v=spf1 ip4:198.18.0.0/15 -all"),
        row("spf/mended spf/range-twice", spf("v=spf1 mx ip4:192.0.2.64/26 ip4:192.0.2.0/24 -all")),
        row("spf/mended spf/range-twice", spf("v=spf1 mx mx -all")),
        row("spf/mended spf/range-not-public", spf("v=spf1 mx ip4:10.1.0.0/16 -all")),
        // size
        row("spf/long-answer", "+ example.com TXT " + "x".repeat(450)));
  }

  private static String spf(String record) {
    return "- example.com TXT\n+ example.com TXT " + record;
  }

  private static String lookups(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "a:h" + i + ".mailer.example")
        .collect(Collectors.joining(" "));
  }

  private static String mailers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            "+ h%d.mailer.example A 198.51.100.%d\n+ 198.51.100.%d PTR h%d.mailer.example"
                .formatted(i, i, i, i))
        .collect(Collectors.joining("\n"));
  }

  private static String exchangers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "+ example.com MX 10 h" + i + ".mailer.example")
        .collect(Collectors.joining("\n", "", "\n" + mailers(count)));
  }

  private static Stream<Arguments> dkim() {
    return Stream.of(
        // what is published under a usual selector
        row("dkim/none-found dmarc/spf-only", "- s1._domainkey"),
        row("dkim/weak", key("v=DKIM1; p=RSA:1024")),
        row("dkim/too-weak dmarc/spf-only", key("v=DKIM1; p=RSA:768")),
        row("dkim/very-long", key("v=DKIM1; p=RSA:5000")),
        row("dkim/revoked dmarc/spf-only", key("v=DKIM1; p=")),
        row("dkim/testing", key("v=DKIM1; t=y; p=RSA:2048")),
        row("", key("v=DKIM1; t=s; h=sha256; s=email; p=RSA:2048")),
        row("dkim/unusable dmarc/spf-only", key("v=DKIM1; h=sha1; p=RSA:2048")),
        row("dkim/unusable dmarc/spf-only", key("v=DKIM1; s=other; p=RSA:2048")),
        row("dkim/unusable dmarc/spf-only", key("v=DKIM1; k=dsa; p=RSA:2048")),
        row("dkim/unusable dmarc/spf-only", key("v=DKIM1; p=***")),
        row("dkim/several", "+ s1._domainkey.example.com TXT v=DKIM1; p=RSA:1024"),
        row("", "+ s1._domainkey.example.com TXT v=spf1 -all"),
        // a wildcard, which would give every selector a key
        row(
            "dkim/wildcard",
            "- s1._domainkey",
            "+ backstop-looks-for-a-wildcard._domainkey.example.com TXT v=DKIM1; p=",
            "+ mail._domainkey.example.com TXT v=DKIM1; p="),
        // Ed25519
        row("dkim/ed25519-only", key("v=DKIM1; k=ed25519; p=ED25519")),
        row("", "+ s2._domainkey.example.com TXT v=DKIM1; k=ed25519; p=ED25519"),
        // what is not told
        row("dkim/unanswered", "- s1._domainkey", "+ mail._domainkey.example.com SERVFAIL"),
        row("", "+ mail._domainkey.example.com A 192.0.2.1"));
  }

  private static String key(String record) {
    return "- s1._domainkey\n+ s1._domainkey.example.com TXT " + record;
  }

  private static Stream<Arguments> dmarc() {
    return Stream.of(
        // no record, or none that counts
        row("dmarc/no-record", "- _dmarc"),
        row("dmarc/not-quite", dmarc("v=dmarc1; p=reject")),
        row("dmarc/several", "+ _dmarc.example.com TXT v=DMARC1; p=none"),
        row("dmarc/unanswered", "- _dmarc", "+ _dmarc.example.com TIMEOUT"),
        row("dmarc/next-step dmarc/no-reports dmarc/policy-unusable", dmarc("v=DMARC1")),
        // a record above
        row("", "- _dmarc", "+ _dmarc.com TXT v=DMARC1; p=reject; rua=mailto:d@example.com"),
        row(
            "dmarc/next-step dmarc/none dmarc/subdomains-milder",
            "- _dmarc",
            "+ _dmarc.com TXT v=DMARC1; p=reject; sp=none; rua=mailto:d@example.com"),
        row("dmarc/no-record", "- _dmarc", "+ _dmarc.com TXT v=DMARC1; p=reject; psd=y"),
        // the policy, and the next step
        row("dmarc/next-step dmarc/none", dmarc("v=DMARC1; p=none; rua=mailto:d@example.com")),
        row(
            "dmarc/next-step dmarc/quarantine",
            dmarc("v=DMARC1; p=quarantine; rua=mailto:d@example.com")),
        row("dmarc/next-step dmarc/no-reports", dmarc("v=DMARC1; p=reject")),
        row(
            "dmarc/next-step dmarc/testing",
            dmarc("v=DMARC1; p=reject; t=y; rua=mailto:d@example.com")),
        row(
            "dmarc/next-step dmarc/subdomains-milder",
            dmarc("v=DMARC1; p=reject; sp=none; rua=mailto:d@example.com")),
        row(
            "dmarc/next-step dmarc/subdomains-milder",
            dmarc("v=DMARC1; p=reject; np=quarantine; rua=mailto:d@example.com")),
        row("", dmarc("v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:d@example.com")),
        row(
            "dmarc/next-step dmarc/public-suffix",
            dmarc("v=DMARC1; p=reject; psd=y; rua=mailto:d@example.com")),
        // tags
        row(
            "dmarc/next-step dmarc/part-only",
            dmarc("v=DMARC1; p=reject; pct=50; rua=mailto:d@example.com")),
        row(
            "dmarc/next-step dmarc/tag-retired",
            dmarc("v=DMARC1; p=reject; pct=100; rua=mailto:d@example.com")),
        row(
            "dmarc/next-step dmarc/tag-ignored",
            dmarc("v=DMARC1; p=reject; policy=none; rua=mailto:d@example.com")),
        row(
            "dmarc/next-step dmarc/value-ignored",
            dmarc("v=DMARC1; p=reject; adkim=x; rua=mailto:d@example.com")),
        // where reports go
        row(
            "dmarc/next-step dmarc/no-reports dmarc/report-address-unusable",
            dmarc("v=DMARC1; p=reject; rua=d@example.com")),
        row(
            "dmarc/next-step dmarc/report-address-unusable",
            dmarc("v=DMARC1; p=reject; rua=mailto:d@example.com,https://example.com/r")),
        row(
            "dmarc/reports-not-agreed",
            dmarc("v=DMARC1; p=reject; rua=mailto:d@reports.example"),
            "+ reports.example A 192.0.2.80"),
        row(
            "",
            dmarc("v=DMARC1; p=reject; rua=mailto:d@reports.example"),
            "+ reports.example A 192.0.2.80",
            "+ example.com._report._dmarc.reports.example TXT v=DMARC1"),
        row(
            "dmarc/reports-unanswered",
            dmarc("v=DMARC1; p=reject; rua=mailto:d@reports.example"),
            "+ reports.example A 192.0.2.80",
            "+ example.com._report._dmarc.reports.example TIMEOUT"),
        row("dmarc/reports-unreachable", dmarc("v=DMARC1; p=reject; rua=mailto:d@none.example")),
        row(
            "dmarc/reports-unreachable",
            dmarc("v=DMARC1; p=reject; rua=mailto:d@reports.example"),
            "+ reports.example MX 0 ."),
        // whether mail can pass
        row(
            "dkim/none-found dmarc/nothing-to-pass-with spf/no-record",
            "- example.com TXT",
            "- s1._domainkey"),
        row(
            "dkim/none-found dmarc/spf-only dmarc/strict-without-key",
            "- s1._domainkey",
            dmarc("v=DMARC1; p=reject; adkim=s; rua=mailto:d@example.com")),
        row("", dmarc("v=DMARC1; p=reject; adkim=s; rua=mailto:d@example.com")));
  }

  private static String dmarc(String record) {
    return "- _dmarc\n+ _dmarc.example.com TXT " + record;
  }

  private static Stream<Arguments> hosts() {
    return Stream.of(
        // no name
        row("hosts/no-name", "- 192.0.2.25 PTR"),
        row(
            "hosts/no-name-for-receiver",
            "- 192.0.2.25 PTR",
            spf("v=spf1 a:mx2.example.com ip6:2001:db8::25 -all")),
        row("hosts/unanswered", "- 192.0.2.25 PTR", "+ 25.2.0.192.in-addr.arpa TIMEOUT"),
        // a name that leads elsewhere
        row(
            "hosts/name-leads-astray",
            "- 192.0.2.25 PTR",
            "+ 192.0.2.25 PTR host.provider.example"),
        row(
            "hosts/name-of-receiver-leads-astray",
            "- 192.0.2.25 PTR",
            "+ 192.0.2.25 PTR mx2.example.com",
            spf("v=spf1 a:mx2.example.com ip6:2001:db8::25 -all")),
        row(
            "hosts/name-like-a-home-line",
            "- 192.0.2.25 PTR",
            "+ 192.0.2.25 PTR dyn-192-0-2-25.provider.example",
            "+ dyn-192-0-2-25.provider.example A 192.0.2.25"),
        // more than is looked at
        row("hosts/many spf/long-answer", spf("v=spf1 mx " + many(30) + " -all"), pointers(30)));
  }

  private static String many(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "ip4:203.0.113." + i)
        .collect(Collectors.joining(" "));
  }

  private static String pointers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            "+ 203.0.113.%d PTR out%d.example.com\n+ out%d.example.com A 203.0.113.%d"
                .formatted(i, i, i, i))
        .collect(Collectors.joining("\n"));
  }

  private static Stream<Arguments> lists() {
    return Stream.of(
        row("blocklists/listed", "+ 25.2.0.192.bl.example A 127.0.0.2"),
        row(
            "blocklists/listed",
            "+ 25.2.0.192.bl.example A 127.0.0.4",
            "+ 25.2.0.192.bl.example TXT seen in traps"),
        // the list itself, RFC 5782 §5
        row("blocklists/list-broken", "- 2.0.0.127.bl.example"),
        row("blocklists/list-broken", "+ 1.0.0.127.bl.example A 127.0.0.2"),
        row(
            "blocklists/list-broken",
            "- 2.0.0.127.bl.example",
            "+ 2.0.0.127.bl.example A 198.51.100.9"),
        row(
            "blocklists/list-refuses",
            "- 2.0.0.127.bl.example",
            "+ 2.0.0.127.bl.example A 127.255.255.254"),
        row("blocklists/list-refuses", "+ 25.2.0.192.bl.example A 127.255.255.255"),
        row("blocklists/unanswered", "- 2.0.0.127.bl.example", "+ 2.0.0.127.bl.example TIMEOUT"),
        row("blocklists/unanswered", "+ 25.2.0.192.bl.example SERVFAIL"),
        // IPv6, for lists that have it
        row(
            "blocklists/listed",
            "+ 2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example A"
                + " 127.0.0.2",
            "+ 5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example A"
                + " 127.0.0.2"));
  }
}
