package dev.backstop.auth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The records to publish, exactly. */
class RemedyTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void tellsExactlyWhatToDo(String changes, String expected) {
    String remedies =
        DoctorTest.examined(changes).findings().stream()
            .flatMap(finding -> finding.remedies().stream())
            .map(remedy -> remedy.action().text() + " " + String.join("\n", remedy.record().zone()))
            .collect(Collectors.joining("\n"));
    assertThat(remedies).isEqualTo(expected);
  }

  private static Arguments row(String changes, String... remedies) {
    return Arguments.of(changes, String.join("\n", remedies));
  }

  private static Arguments spf(String record, String mended) {
    return row(
        "- example.com TXT\n+ example.com TXT " + record,
        "replace example.com. IN TXT \"" + mended + "\"");
  }

  private static Arguments dmarc(String record, String... remedies) {
    return row("- _dmarc\n+ _dmarc.example.com TXT " + record, remedies);
  }

  static Stream<Arguments> rows() {
    return Stream.of(mx(), spf(), mended(), dmarc(), others()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> mx() {
    return Stream.of(
        row(
            "- example.com MX\n+ example.com A 192.0.2.25\n- example.com TXT"
                + "\n+ example.com TXT v=spf1 a -all",
            "publish example.com. IN MX 10 example.com."),
        row("+ example.com MX 0 .", "remove example.com. IN MX 0 ."),
        row("+ example.com MX 30 mx3.example.com", "remove example.com. IN MX 30 mx3.example.com."),
        row(
            "+ example.com MX 30 mx3.example.com\n+ mx3.example.com CNAME mx.other.example\n"
                + "+ mx.other.example A 192.0.2.26",
            "remove example.com. IN MX 30 mx3.example.com.",
            "publish example.com. IN MX 30 mx.other.example."),
        row(
            "+ example.com MX 30 mx3.example.com\n+ mx3.example.com A 10.1.2.3",
            "remove mx3.example.com. IN A 10.1.2.3"));
  }

  private static Stream<Arguments> spf() {
    return Stream.of(
        // a first record
        row("- example.com TXT", "publish example.com. IN TXT \"v=spf1 mx ~all\""),
        row(
            "- example.com TXT\n- example.com MX\n+ example.com MX 1 smtp.google.com\n"
                + "- mx1.example.com AAAA",
            "remove example.com. IN MX 1 smtp.google.com.",
            "publish example.com. IN TXT \"v=spf1 include:_spf.google.com ~all\""),
        // several
        row(
            "+ example.com TXT v=spf1 mx a:mx1.example.com ~all",
            "remove example.com. IN TXT \"v=spf1 mx ip4:192.0.2.64/26 include:_spf.mailer.example"
                + " -all\"",
            "remove example.com. IN TXT \"v=spf1 mx a:mx1.example.com ~all\"",
            "publish example.com. IN TXT \"v=spf1 mx ip4:192.0.2.64/26 include:_spf.mailer.example"
                + " a:mx1.example.com ~all\""),
        // the version misspelt
        spf("spf1 mx -all", "v=spf1 mx -all"),
        spf("v=spf1; mx -all", "v=spf1 mx -all"),
        spf("\"v=spf1 mx -all\"", "v=spf1 mx -all"));
  }

  private static Stream<Arguments> mended() {
    return Stream.of(
        // misspelt terms
        spf("v=spf1 mx ipv4:192.0.2.64/28 -all", "v=spf1 mx ip4:192.0.2.64/28 -all"),
        spf("v=spf1 mx a:192.0.2.64/28 -all", "v=spf1 mx ip4:192.0.2.64/28 -all"),
        spf("v=spf1 mx 192.0.2.64/28 -all", "v=spf1 mx ip4:192.0.2.64/28 -all"),
        spf("v=spf1 mx ip4=192.0.2.64/28 -all", "v=spf1 mx ip4:192.0.2.64/28 -all"),
        spf("v=spf1 mx ip4:2001:db8::/32 -all", "v=spf1 mx ip6:2001:db8::/32 -all"),
        spf("v=spf1 mx -all;", "v=spf1 mx -all"),
        // the end
        spf("v=spf1 mx +all", "v=spf1 mx ~all"),
        spf("v=spf1 mx", "v=spf1 mx ~all"),
        spf("v=spf1 mx -all a:mx1.example.com", "v=spf1 mx -all"),
        spf("v=spf1 mx -all redirect=other.example", "v=spf1 mx -all"),
        spf("v=spf1 mx redirect=none.example", "v=spf1 mx ~all"),
        // what has no effect; of ranges with the same addresses the first stays
        spf("v=spf1 mx include:none.example a:none.example.com ?all", "v=spf1 mx ~all"),
        spf(
            "v=spf1 mx ip4:192.0.2.65/26 ip4:192.0.2.64/26 ip4:192.0.2.96/27 -all",
            "v=spf1 mx ip4:192.0.2.65/26 -all"),
        spf("v=spf1 mx MX ip4:10.1.0.0/16 -all", "v=spf1 mx -all"),
        // not clear what was meant, or nobody would be left
        row("- example.com TXT\n+ example.com TXT v=spf1 mx ip4:300.1.1.1 -all"),
        row("- example.com TXT\n+ example.com TXT v=spf1 include:none.example -all"));
  }

  private static Stream<Arguments> dmarc() {
    String rua = "; rua=mailto:d@example.com";
    return Stream.of(
        row(
            "- _dmarc",
            "publish _dmarc.example.com. IN TXT \"v=DMARC1; p=none;"
                + " rua=mailto:postmaster@example.com\""),
        row(
            "- _dmarc\n- example.com MX\n- example.com TXT\n+ example.com MX 0 .\n"
                + "+ example.com TXT v=spf1 -all",
            "publish _dmarc.example.com. IN TXT \"v=DMARC1; p=reject\""),
        dmarc(
            "v=DMARC1; p=none; sp=quarantine" + rua,
            "replace _dmarc.example.com. IN TXT \"v=DMARC1; p=quarantine" + rua + "\""),
        dmarc(
            "v=DMARC1; p=quarantine; adkim=s; pct=100" + rua,
            "replace _dmarc.example.com. IN TXT \"v=DMARC1; p=reject; adkim=s" + rua + "\""),
        dmarc(
            "v=DMARC1; p=reject; sp=none; t=y; psd=y" + rua,
            "replace _dmarc.example.com. IN TXT \"v=DMARC1; p=reject" + rua + "\""),
        dmarc(
            "v=DMARC1; p=quarantine",
            "replace _dmarc.example.com. IN TXT \"v=DMARC1; p=quarantine;"
                + " rua=mailto:postmaster@example.com\""),
        dmarc(
            "v=DMARC1; p=reject; rua=mailto:d@other.example\n+ other.example A 192.0.2.1",
            "publish example.com._report._dmarc.other.example. IN TXT \"v=DMARC1\""));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        row("- 192.0.2.25 PTR", "publish 25.2.0.192.in-addr.arpa. IN PTR mx1.example.com."),
        row(
            "- 192.0.2.25 PTR\n+ 192.0.2.25 PTR new.example.com",
            "publish new.example.com. IN A 192.0.2.25"),
        row(
            "- 192.0.2.25 PTR\n+ 192.0.2.25 PTR h.provider.example",
            "publish 25.2.0.192.in-addr.arpa. IN PTR mx1.example.com."));
  }
}
