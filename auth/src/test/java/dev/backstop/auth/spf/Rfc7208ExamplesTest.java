package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.InetAddress;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7208, with the section in the test's name. */
class Rfc7208ExamplesTest {
  private final FakeResolver dns = appendixA();
  private final SpfVerifier verifier =
      new SpfVerifier("mx.example.org", InstantSource.system(), SpfLimits.STANDARD);

  /** The zones of appendix A. */
  private static FakeResolver appendixA() {
    return new FakeResolver()
        .mx("example.com", 10, "mail-a.example.com")
        .mx("example.com", 20, "mail-b.example.com")
        .address("example.com", "192.0.2.10", "192.0.2.11")
        .address("amy.example.com", "192.0.2.65")
        .address("bob.example.com", "192.0.2.66")
        .address("mail-a.example.com", "192.0.2.129")
        .address("mail-b.example.com", "192.0.2.130")
        .cname("www.example.com", "example.com")
        .mx("example.org", 10, "mail-c.example.org")
        .address("mail-c.example.org", "192.0.2.140")
        .ptr("192.0.2.10", "example.com")
        .ptr("192.0.2.11", "example.com")
        .ptr("192.0.2.65", "amy.example.com")
        .ptr("192.0.2.66", "bob.example.com")
        .ptr("192.0.2.129", "mail-a.example.com")
        .ptr("192.0.2.130", "mail-b.example.com")
        .ptr("192.0.2.140", "mail-c.example.org")
        .ptr("10.0.0.4", "bob.example.com");
  }

  private SpfResult result(String client, String localPart, String domain) {
    return verifier
        .verifyMailFrom(
            dns, InetAddress.ofLiteral(client), "helo.example", new Mailbox(localPart, domain))
        .result();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=spf1 +all                         | 10.0.0.4 192.0.2.65              |
          v=spf1 a -all                       | 192.0.2.10 192.0.2.11            | 192.0.2.65
          v=spf1 a:example.org -all           |                                  | 192.0.2.10 192.0.2.140
          v=spf1 mx -all                      | 192.0.2.129 192.0.2.130          | 192.0.2.140
          v=spf1 mx:example.org -all          | 192.0.2.140                      | 192.0.2.129
          v=spf1 mx mx:example.org -all       | 192.0.2.129 192.0.2.130 192.0.2.140 | 192.0.2.10
          v=spf1 mx/30 mx:example.org/30 -all | 192.0.2.128 192.0.2.131 192.0.2.140 192.0.2.143 | 192.0.2.132 192.0.2.144
          v=spf1 ptr -all                     | 192.0.2.65 192.0.2.10            | 192.0.2.140 10.0.0.4
          v=spf1 ip4:192.0.2.128/28 -all      | 192.0.2.129 192.0.2.143          | 192.0.2.65 192.0.2.144
          """)
  void appendixA1SimpleExamples(String record, String pass, String fail) {
    dns.txt("example.com", record);
    assertThat(words(pass)).allMatch(client -> is(client, SpfResult.PASS));
    assertThat(words(fail)).allMatch(client -> is(client, SpfResult.FAIL));
  }

  private static String[] words(String text) {
    return text == null ? new String[0] : text.split(" ");
  }

  private boolean is(String client, SpfResult result) {
    return result(client, "anna", "example.com") == result;
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.129, PASS", // by the record of example.com
    "192.0.2.200, PASS", // by that of example.net
    "192.0.2.140, FAIL",
  })
  void appendixA2SeveralDomains(String client, SpfResult result) {
    dns.txt("example.com", "v=spf1 mx -all").txt("example.net", "v=spf1 ip4:192.0.2.200 -all");
    dns.txt("example.org", "v=spf1 include:example.com include:example.net -all");
    dns.txt("la.example.org", "v=spf1 redirect=example.org");
    assertThat(result(client, "anna", "la.example.org")).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.129, anyone, PASS", // our exchanger
    "203.0.113.9, mary, PASS", // travels
    "203.0.113.9, mary+lists, PASS",
    "192.168.15.15, joel, PASS", // from home
    "192.168.15.17, joel, FAIL",
    "203.0.113.9, joel, FAIL",
    "203.0.113.9, bob, FAIL",
  })
  void appendixA3LikeADnsList(String client, String user, SpfResult result) {
    dns.txt(
        "example.com",
        "v=spf1 mx include:mobile-users._spf.%{d} include:remote-users._spf.%{d} -all");
    dns.txt("mobile-users._spf.example.com", "v=spf1 exists:%{l1r+}.%{d}");
    dns.txt("remote-users._spf.example.com", "v=spf1 exists:%{ir}.%{l1r+}.%{d}");
    dns.address("mary.mobile-users._spf.example.com", "127.0.0.2");
    dns.address("15.15.168.192.joel.remote-users._spf.example.com", "127.0.0.2");
    assertThat(result(client, user, "example.com")).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.65, PASS", // in the network, with a name of ours
    "192.0.2.140, FAIL", // another's name
    "10.0.0.4, FAIL",
  })
  void appendixA4SeveralRequirements(String client, SpfResult result) {
    dns.txt("example.com", "v=spf1 -include:ip4._spf.%{d} -include:ptr._spf.%{d} +all");
    dns.txt("ip4._spf.example.com", "v=spf1 -ip4:192.0.2.0/24 +all");
    dns.txt("ptr._spf.example.com", "v=spf1 -ptr:example.com +all");
    assertThat(result(client, "anna", "example.com")).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %{s}    | strong-bad@email.example.com
          %{o}    | email.example.com
          %{d}    | email.example.com
          %{d4}   | email.example.com
          %{d3}   | email.example.com
          %{d2}   | example.com
          %{d1}   | com
          %{dr}   | com.example.email
          %{d2r}  | example.email
          %{l}    | strong-bad
          %{l-}   | strong.bad
          %{lr}   | strong-bad
          %{lr-}  | bad.strong
          %{l1r-} | strong
          %{p}    | mx.example.org
          """)
  void section74Macros(String macro, String value) {
    MacroString text = MacroString.parseExplanation(macro).orElseThrow();
    assertThat(expansion("192.0.2.3").text(text, DnsName.of("email.example.com"), 400))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.3      | %{ir}.%{v}._spf.%{d2}             | 3.2.0.192.in-addr._spf.example.com
          192.0.2.3      | %{lr-}.lp._spf.%{d2}              | bad.strong.lp._spf.example.com
          192.0.2.3      | %{lr-}.lp.%{ir}.%{v}._spf.%{d2}   | bad.strong.lp.3.2.0.192.in-addr._spf.example.com
          192.0.2.3      | %{ir}.%{v}.%{l1r-}.lp._spf.%{d2}  | 3.2.0.192.in-addr.strong.lp._spf.example.com
          192.0.2.3      | %{d2}.trusted-domains.example.net | example.com.trusted-domains.example.net
          2001:db8::cb01 | %{ir}.%{v}._spf.%{d2}             | 1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com
          """)
  void section74Names(String client, String spec, String name) {
    MacroString macros = MacroString.parseExplanation(spec).orElseThrow();
    assertThat(expansion(client).name(macros, DnsName.of("email.example.com")))
        .contains(DnsName.of(name));
  }

  /** The message of §7.4. */
  private static Expansion expansion(String address) {
    InetAddress client = InetAddress.ofLiteral(address);
    var dns = new FakeResolver().ptr("192.0.2.3", "mx.example.org");
    dns.address("mx.example.org", "192.0.2.3");
    var names = new ClientNames(new Questions(dns, client, SpfLimits.STANDARD), client, 10);
    var subject =
        new Subject(client, "helo.example", "strong-bad", DnsName.of("email.example.com"));
    return new Expansion(subject, names, "mx.example.net", InstantSource.system());
  }
}
