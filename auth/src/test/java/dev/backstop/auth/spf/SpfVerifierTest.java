package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfVerifierTest {
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("203.0.113.9");

  private final FakeResolver dns = zone();
  private final SpfVerifier verifier =
      new SpfVerifier(
          "mx.receiver.example",
          InstantSource.fixed(Instant.ofEpochSecond(1_234_567_890)),
          SpfLimits.STANDARD);

  /** A record for each behaviour; the names say which. */
  private static FakeResolver zone() {
    var zone = new FakeResolver();
    ordinaryDomains(zone);
    trouble(zone);
    voids(zone);
    selections(zone);
    macros(zone);
    names(zone);
    return zone;
  }

  private static void ordinaryDomains(FakeResolver zone) {
    zone.txt("example.com", "v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all");
    zone.txt("_spf.example.net", "v=spf1 ip4:198.51.100.0/24 redirect=more.example.net");
    zone.txt("more.example.net", "v=spf1 ip6:2001:db8::/32 ?all");
    zone.txt("mail.example.com", "v=spf1 a -all").address("mail.example.com", "192.0.2.1");
    zone.txt("under_score.example.com", "v=spf1 a -all");
    zone.address("under_score.example.com", "192.0.2.1");
    zone.txt("xn--bcher-kva.example", "v=spf1 ip4:192.0.2.1 -all");
    zone.cname("alias.example.com", "mail.example.com");
    zone.txt("soft.example.com", "v=spf1 ~all").txt("open.example.com", "v=spf1 ?all");
    zone.txt("silent.example.com", "v=spf1 ip4:192.0.2.77");
  }

  private static void trouble(FakeResolver zone) {
    zone.timeout("slow.example.com").serverFailure("broken.example.com");
    zone.txt("incl-slow.example.com", "v=spf1 include:slow.example.com -all");
    zone.txt("pass-first.example.com", "v=spf1 ip4:192.0.2.1 include:slow.example.com -all");
    zone.txt("incl-broken.example.com", "v=spf1 ~include:broken.example.com -all");
    zone.txt("incl-deep.example.com", "v=spf1 include:incl-slow.example.com -all");
    zone.txt("incl-none.example.com", "v=spf1 include:nobody.example.com -all");
    zone.txt("incl-syntax.example.com", "v=spf1 include:syntax.example.com -all");
    zone.txt("incl-fail.example.com", "v=spf1 include:fail.example.com ~all");
    zone.txt("fail.example.com", "v=spf1 -all");
    zone.txt("syntax.example.com", "v=spf1 ip4:192.0.2.1 ip4:192.0.2.300 -all");
    zone.txt("a-slow.example.com", "v=spf1 a:slow.example.com -all");
    zone.txt("exists-slow.example.com", "v=spf1 -exists:slow.example.com +all");
    zone.txt("mx-slow.example.com", "v=spf1 mx -all")
        .mx("mx-slow.example.com", 5, "slow.example.com");
    zone.txt("redir.example.com", "v=spf1 redirect=mail.example.com");
    zone.txt("redir-none.example.com", "v=spf1 redirect=nobody.example.com");
    zone.txt("redir-slow.example.com", "v=spf1 redirect=slow.example.com");
    zone.txt("redir-all.example.com", "v=spf1 redirect=nobody.example.com ?all");
    zone.txt("loop.example.com", "v=spf1 include:loop.example.com -all");
    zone.txt("redir-loop.example.com", "v=spf1 redirect=redir-loop.example.com");
  }

  private static void voids(FakeResolver zone) {
    zone.txt("void2.example.com", "v=spf1 a:no1.example.com mx:no2.example.com ?all");
    zone.txt(
        "void3.example.com",
        "v=spf1 a:no1.example.com mx:no2.example.com exists:no3.example.com ?all");
    zone.txt(
        "void3-late.example.com",
        "v=spf1 a:no1.example.com mx:no2.example.com ip4:192.0.2.1 a:no3.example.com -all");
    zone.txt(
        "void3-name.example.com",
        "v=spf1 a:no1.example.com a:no2.example.com redirect=%{p}.seen.example.com");
    zone.txt("unknown.seen.example.com", "v=spf1 a:no3.example.com +all");
    zone.txt("mx-only4.example.com", "v=spf1 mx ip6:2001:db8::/32 -all");
    for (int i = 0; i < 10; i++) {
      zone.mx("mx-only4.example.com", i, "mx" + i + ".example.com");
      zone.address("mx" + i + ".example.com", "198.51.100." + i);
      zone.mx("mx11.example.com", i, "mx" + i + ".example.com");
    }
    zone.txt("mx11.example.com", "v=spf1 mx -all").mx("mx11.example.com", 10, "mail.example.com");
    zone.txt("null-mx.example.com", "v=spf1 mx -all").mx("null-mx.example.com", 0, ".");
    zone.txt(
        "lookups10.example.com",
        "v=spf1"
            + " a:soft.example.com/32".repeat(2)
            + " a:mx1.example.com".repeat(8)
            + " ip4:192.0.2.1 -all");
    zone.txt(
        "lookups11.example.com",
        "v=spf1" + " a:mx1.example.com".repeat(11) + " ip4:192.0.2.1 -all");
  }

  private static void selections(FakeResolver zone) {
    zone.txt("two.example.com", "v=spf1 +all").txt("two.example.com", "v=spf1 -all");
    zone.txt("others.example.com", "site-verification=1").txt("others.example.com", "v=spf1 +all");
    zone.txt("others.example.com", "v=spf10 -all").txt("others.example.com", " v=spf1 -all");
    zone.txt("others.example.com", "spf2.0/pra -all").txt("others.example.com", "v=spf1\t-all");
    zone.txt("split.example.com", "v=spf1 ip4:192.", "0.2.1 -all");
    zone.txt("upper.example.com", "V=SPF1 IP4:192.0.2.1 -ALL");
    zone.txt("blanks.example.com", "v=spf1   ip4:192.0.2.1    -all   ");
    zone.txt("empty.example.com", "v=spf1");
    zone.txt("nonascii.example.com", "v=spf1 ip4:192.0.2.1 exp=\u00e9.example.com -all");
    zone.txt("tab.example.com", "v=spf1 ip4:192.0.2.1\t-all");
    zone.address("norecord.example.com", "192.0.2.1");
    zone.txt("local", "v=spf1 +all");
  }

  private static void macros(FakeResolver zone) {
    zone.txt("perl.example.com", "v=spf1 exists:%{l}.users.example.com -all");
    zone.address("anna.users.example.com", "127.0.0.2");
    zone.address("quoted user.users.example.com", "127.0.0.2");
    zone.txt("helo.example.com", "v=spf1 a:%{h} -all");
    zone.txt("longlabel.example.com", "v=spf1 a:" + "a".repeat(64) + ".example.com -all");
    zone.txt(
        "incl-longlabel.example.com", "v=spf1 include:" + "a".repeat(64) + ".example.com ?all");
    zone.txt("incl-local.example.com", "v=spf1 include:%{l}.users.example.com ?all");
    zone.txt("redir-local.example.com", "v=spf1 redirect=%{l}.users.example.com");
    zone.txt("single.example.com", "v=spf1 include:%{d1} -all");
    zone.txt(
        "trimmed.example.com", "v=spf1 exists:" + "%{l}.".repeat(60) + "users.example.com -all");
    zone.address("anna.".repeat(47) + "users.example.com", "127.0.0.2");
  }

  private static void names(FakeResolver zone) {
    zone.txt("ptr.example.com", "v=spf1 ptr:example.com -all");
    zone.txt("ptr-soft.example.com", "v=spf1 ptr:example.com ~all");
    zone.txt("named.example.com", "v=spf1 exists:%{p}.seen.example.com -all");
    zone.address("mail.example.com.seen.example.com", "127.0.0.2");
    zone.address("unknown.seen.example.com", "127.0.0.2");
    zone.ptr("192.0.2.1", "other.example", "mail.example.com")
        .address("other.example", "192.0.2.1");
    zone.ptr("203.0.113.9", "mail.example.com"); // does not lead back
    zone.timeout("10.2.0.192.in-addr.arpa");
    zone.ptr("192.0.2.11", "slow.example.com");
    zone.address("other.example", "2001:db8:1::1");
  }

  private SpfOutcome verify(String client, String helo, String sender)
      throws AddressSyntaxException {
    return verifier.verifyMailFrom(
        dns, InetAddress.ofLiteral(client), helo, ReversePath.parse(sender));
  }

  private static String decidedBy(SpfOutcome outcome) {
    return outcome.decidedBy().map(step -> step.term() + " of " + step.domain()).orElse("nothing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the null sender is postmaster at the name of HELO
          192.0.2.1   | mail.example.com        | pass    | a of mail.example.com
          192.0.2.1   | MAIL.Example.COM.       | pass    | a of mail.example.com
          203.0.113.9 | mail.example.com        | fail    | -all of mail.example.com
          192.0.2.1   | under_score.example.com | pass    | a of under_score.example.com
          192.0.2.1   | bücher.example          | pass    | ip4:192.0.2.1 of xn--bcher-kva.example
          192.0.2.1   | alias.example.com       | pass    | a of alias.example.com
          192.0.2.1   | nobody.example.com      | none    | nothing
          192.0.2.1   | slow.example.com        | temperror | nothing
          # what clients say that is no domain
          192.0.2.1   | localhost               | none    | nothing
          192.0.2.1   | local                   | none    | nothing
          192.0.2.1   | MAILSERVER01            | none    | nothing
          192.0.2.1   | [192.0.2.1]             | none    | nothing
          192.0.2.1   | [IPv6:2001:db8::1]      | none    | nothing
          192.0.2.1   | 192.0.2.1               | none    | nothing
          192.0.2.1   | ''                      | none    | nothing
          192.0.2.1   | .                       | none    | nothing
          192.0.2.1   | mail..example.com       | none    | nothing
          192.0.2.1   | .example.com            | none    | nothing
          192.0.2.1   | mail server.example.com | none    | nothing
          192.0.2.1   | <mail.example.com>      | none    | nothing
          192.0.2.1   | mail@example.com        | none    | nothing
          """)
  void bounces(String client, String helo, String result, String decided)
      throws AddressSyntaxException {
    SpfOutcome bounce = verify(client, helo, "<>");
    assertThat(bounce.result().word()).isEqualTo(result);
    assertThat(decidedBy(bounce)).isEqualTo(decided);
    assertThat(bounce.identity()).isEqualTo(SpfIdentity.MAIL_FROM);
    assertThat(bounce.reason()).matches("[ -~]+");

    SpfOutcome greeting = verifier.verifyHelo(dns, InetAddress.ofLiteral(client), helo);
    assertThat(greeting.result()).isEqualTo(bounce.result());
    assertThat(greeting.identity()).isEqualTo(SpfIdentity.HELO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the sender's own record, an include, and what the include redirects to
          192.0.2.1    | a@example.com           | pass      | ip4:192.0.2.0/24 of example.com
          198.51.100.9 | a@example.com           | pass      | ip4:198.51.100.0/24 of _spf.example.net
          2001:db8::5  | a@example.com           | pass      | ip6:2001:db8::/32 of more.example.net
          203.0.113.9  | a@example.com           | fail      | -all of example.com
          2001:db9::5  | a@example.com           | fail      | -all of example.com
          203.0.113.9  | a@soft.example.com      | softfail  | ~all of soft.example.com
          203.0.113.9  | a@open.example.com      | neutral   | ?all of open.example.com
          203.0.113.9  | a@silent.example.com    | neutral   | ' of silent.example.com'
          192.0.2.1    | a@bücher.example        | pass      | ip4:192.0.2.1 of xn--bcher-kva.example
          192.0.2.1    | a@[192.0.2.1]           | none      | nothing
          192.0.2.1    | a@local                 | none      | nothing
          192.0.2.1    | a@norecord.example.com  | none      | nothing
          # a name server that does not answer makes neither a pass nor a fail
          192.0.2.1    | a@slow.example.com        | temperror | nothing
          192.0.2.1    | a@broken.example.com      | temperror | nothing
          192.0.2.1    | a@incl-slow.example.com   | temperror | include:slow.example.com of incl-slow.example.com
          192.0.2.1    | a@pass-first.example.com  | pass      | ip4:192.0.2.1 of pass-first.example.com
          203.0.113.9  | a@pass-first.example.com  | temperror | include:slow.example.com of pass-first.example.com
          192.0.2.1    | a@incl-broken.example.com | temperror | ~include:broken.example.com of incl-broken.example.com
          192.0.2.1    | a@incl-deep.example.com   | temperror | include:slow.example.com of incl-slow.example.com
          192.0.2.1    | a@a-slow.example.com      | temperror | a:slow.example.com of a-slow.example.com
          192.0.2.1    | a@exists-slow.example.com | temperror | -exists:slow.example.com of exists-slow.example.com
          192.0.2.1    | a@mx-slow.example.com     | temperror | mx of mx-slow.example.com
          192.0.2.1    | a@redir-slow.example.com  | temperror | redirect=slow.example.com of redir-slow.example.com
          # records that cannot be followed
          192.0.2.1    | a@incl-none.example.com   | permerror | include:nobody.example.com of incl-none.example.com
          192.0.2.1    | a@incl-syntax.example.com | permerror | ip4:192.0.2.300 of syntax.example.com
          192.0.2.1    | a@syntax.example.com      | permerror | ip4:192.0.2.300 of syntax.example.com
          192.0.2.1    | a@incl-fail.example.com   | softfail  | ~all of incl-fail.example.com
          192.0.2.1    | a@redir.example.com       | pass      | a of mail.example.com
          203.0.113.9  | a@redir.example.com       | fail      | -all of mail.example.com
          192.0.2.1    | a@redir-none.example.com  | permerror | redirect=nobody.example.com of redir-none.example.com
          192.0.2.1    | a@redir-all.example.com   | neutral   | ?all of redir-all.example.com
          192.0.2.1    | a@loop.example.com        | permerror | include:loop.example.com of loop.example.com
          192.0.2.1    | a@redir-loop.example.com  | permerror | redirect=redir-loop.example.com of redir-loop.example.com
          # which of the TXT records it is, and how it may be written
          192.0.2.1    | a@two.example.com         | permerror | nothing
          192.0.2.1    | a@others.example.com      | pass      | +all of others.example.com
          192.0.2.1    | a@split.example.com       | pass      | ip4:192.0.2.1 of split.example.com
          192.0.2.1    | a@upper.example.com       | pass      | IP4:192.0.2.1 of upper.example.com
          203.0.113.9  | a@upper.example.com       | fail      | -ALL of upper.example.com
          203.0.113.9  | a@blanks.example.com      | fail      | -all of blanks.example.com
          192.0.2.1    | a@empty.example.com       | neutral   | ' of empty.example.com'
          192.0.2.1    | a@nonascii.example.com    | permerror | exp=?.example.com of nonascii.example.com
          192.0.2.1    | a@tab.example.com         | permerror | ip4:192.0.2.1?-all of tab.example.com
          # macros
          192.0.2.1    | anna@perl.example.com          | pass | exists:%{l}.users.example.com of perl.example.com
          192.0.2.1    | ANNA@perl.example.com          | pass | exists:%{l}.users.example.com of perl.example.com
          192.0.2.1    | "anna"@perl.example.com        | pass | exists:%{l}.users.example.com of perl.example.com
          192.0.2.1    | "quoted\\ user"@perl.example.com | pass | exists:%{l}.users.example.com of perl.example.com
          192.0.2.1    | bob@perl.example.com           | fail | -all of perl.example.com
          192.0.2.1    | änne@perl.example.com          | fail | -all of perl.example.com
          192.0.2.1    | änne@incl-local.example.com    | neutral | ?all of incl-local.example.com
          192.0.2.1    | änne@redir-local.example.com   | neutral | ' of redir-local.example.com'
          192.0.2.1    | a@helo.example.com             | pass | a:%{h} of helo.example.com
          192.0.2.1    | a@single.example.com           | permerror | include:%{d1} of single.example.com
          192.0.2.1    | a@incl-longlabel.example.com   | permerror | include:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com of incl-longlabel.example.com
          192.0.2.1    | a@longlabel.example.com        | fail | -all of longlabel.example.com
          # names of the client, which must lead back to it
          192.0.2.1    | a@ptr.example.com       | pass      | ptr:example.com of ptr.example.com
          203.0.113.9  | a@ptr.example.com       | fail      | -all of ptr.example.com
          192.0.2.10   | a@ptr.example.com       | temperror | -all of ptr.example.com
          192.0.2.11   | a@ptr.example.com       | temperror | -all of ptr.example.com
          192.0.2.10   | a@ptr-soft.example.com  | softfail  | ~all of ptr-soft.example.com
          203.0.113.9  | a@named.example.com     | pass      | exists:%{p}.seen.example.com of named.example.com
          # mail exchangers
          198.51.100.9 | a@mx-only4.example.com  | pass      | mx of mx-only4.example.com
          2001:db8::1  | a@mx-only4.example.com  | pass      | ip6:2001:db8::/32 of mx-only4.example.com
          192.0.2.1    | a@mx11.example.com      | permerror | mx of mx11.example.com
          192.0.2.1    | a@null-mx.example.com   | fail      | -all of null-mx.example.com
          """)
  void senders(String client, String sender, String result, String decided)
      throws AddressSyntaxException {
    SpfOutcome outcome = verify(client, "mail.example.com", sender);
    assertThat(outcome.result().word()).as(outcome.reason()).isEqualTo(result);
    assertThat(decidedBy(outcome)).isEqualTo(decided);
    assertThat(outcome.reason()).matches("[ -~]+");
    assertThat(outcome.explanation().isEmpty()).isEqualTo(outcome.result() != SpfResult.FAIL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # terms that ask, and terms that find nothing; ten and two are allowed
          192.0.2.1   | a@silent.example.com     | neutral   |  0 | 0
          192.0.2.1   | a@void2.example.com      | neutral   |  2 | 2
          192.0.2.1   | a@void3.example.com      | permerror |  3 | 3
          192.0.2.1   | a@void3-late.example.com | pass      |  2 | 2
          203.0.113.9 | a@void3-late.example.com | permerror |  3 | 3
          # the client's name, which a redirect needs, is the third
          203.0.113.7 | a@void3-name.example.com | permerror |  4 | 3
          192.0.2.1   | a@lookups10.example.com  | pass      | 10 | 2
          192.0.2.1   | a@lookups11.example.com  | permerror | 10 | 0
          192.0.2.1   | a@loop.example.com       | permerror | 10 | 0
          192.0.2.1   | a@incl-none.example.com  | permerror |  1 | 1
          # ten exchangers without IPv6 are one term that finds nothing
          2001:db8::1 | a@mx-only4.example.com   | pass      |  1 | 1
          # the names of the client are a term of their own
          192.0.2.1   | a@named.example.com      | fail      |  2 | 1
          """)
  void accounts(String client, String sender, String result, int lookups, int voidLookups)
      throws AddressSyntaxException {
    SpfOutcome outcome = verify(client, "mail.example.com", sender);
    assertThat(outcome.result().word()).as(outcome.reason()).isEqualTo(result);
    assertThat(outcome.lookups()).isEqualTo(lookups);
    assertThat(outcome.voidLookups()).isEqualTo(voidLookups);
  }

  @Test
  void limitsCanBeOthers() throws AddressSyntaxException {
    var narrow = new SpfVerifier("mx", InstantSource.system(), new SpfLimits(1, 0, 1, 1));
    ReversePath sender = ReversePath.parse("a@incl-deep.example.com");
    assertThat(narrow.verifyMailFrom(dns, CLIENT, "", sender).reason())
        .isEqualTo("more than 1 terms ask name servers");
    sender = ReversePath.parse("a@void2.example.com");
    assertThat(narrow.verifyMailFrom(dns, CLIENT, "", sender).reason())
        .isEqualTo("more than 0 terms ask for what does not exist");
    sender = ReversePath.parse("a@mx-only4.example.com");
    assertThat(narrow.verifyMailFrom(dns, CLIENT, "", sender).reason())
        .isEqualTo("mx-only4.example.com has more than 1 mail exchangers");
    sender = ReversePath.parse("a@ptr.example.com"); // the second name would match
    assertThat(narrow.verifyMailFrom(dns, CLIENT, "", sender).result()).isEqualTo(SpfResult.FAIL);
  }

  @Test
  void anIpv4ClientInTheClothesOfIpv6IsIpv4() throws Exception {
    byte[] mapped = InetAddress.ofLiteral("::1").getAddress();
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(CLIENT.getAddress(), 0, mapped, 12, 4);
    InetAddress client = sixteen(mapped);
    assertThat(client).isInstanceOf(Inet6Address.class);
    ReversePath sender = ReversePath.parse("a@example.com");
    SpfOutcome outcome = verifier.verifyMailFrom(dns, client, "", sender);
    assertThat(outcome.result()).isEqualTo(SpfResult.PASS);
    assertThat(outcome.reason())
        .isEqualTo("192.0.2.1 matches ip4:192.0.2.0/24 in the record of example.com");
  }

  private static InetAddress sixteen(byte[] octets) throws UnknownHostException {
    return Inet6Address.getByAddress(null, octets, -1);
  }

  @Test
  void theWayToTheTermThatDecided() throws AddressSyntaxException {
    SpfOutcome outcome = verify("2001:db8::5", "mail.example.com", "a@example.com");
    assertThat(outcome.domain()).contains(DnsName.of("example.com"));
    assertThat(outcome.path())
        .extracting(step -> step.domain() + " " + step.term())
        .containsExactly(
            "example.com include:_spf.example.net",
            "_spf.example.net redirect=more.example.net",
            "more.example.net ip6:2001:db8::/32");
    assertThat(outcome.path().getLast().record()).isEqualTo("v=spf1 ip6:2001:db8::/32 ?all");
    assertThat(outcome.reason())
        .isEqualTo("2001:db8::5 matches ip6:2001:db8::/32 in the record of more.example.net");
    assertThat(dns.questions())
        .containsExactly("TXT example.com", "TXT _spf.example.net", "TXT more.example.net");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a@local                   | local is a single label, no domain
          a@[192.0.2.1]             | sender is an address, no domain name
          a@nobody.example.com      | nobody.example.com does not exist
          a@norecord.example.com    | norecord.example.com has no SPF record
          a@two.example.com         | two.example.com has several SPF records
          a@syntax.example.com      | syntax error in ip4:192.0.2.300 of syntax.example.com: a colon and an IPv4 address must follow
          a@silent.example.com      | nothing in the record of silent.example.com matches 203.0.113.9
          a@slow.example.com        | TXT of slow.example.com: name server did not answer in time
          a@incl-broken.example.com | TXT of broken.example.com: name server failure: SERVFAIL
          a@a-slow.example.com      | addresses of slow.example.com: name server did not answer in time
          a@incl-none.example.com   | nobody.example.com does not exist
          a@incl-longlabel.example.com | the domain that the term names can be no name
          """)
  void reasonsInPlainWords(String sender, String reason) throws AddressSyntaxException {
    assertThat(verify("203.0.113.9", "mail.example.com", sender).reason()).isEqualTo(reason);
  }

  @Test
  void whenTheNamesOfTheClientAreNotFoundOutNobodyFails() throws AddressSyntaxException {
    assertThat(verify("192.0.2.10", "", "a@ptr.example.com").reason())
        .isEqualTo(
            "the names of 192.0.2.10 could not be found out;"
                + " 192.0.2.10 matches -all in the record of ptr.example.com");
  }

  @Test
  void anExpandedNameThatIsTooLongLosesLabelsOnTheLeft() throws AddressSyntaxException {
    assertThat(verify("192.0.2.1", "", "anna@trimmed.example.com").result())
        .isEqualTo(SpfResult.PASS);
  }

  @Test
  void aHeloBeyondAllMeasureIsNoNameAndNoMacro() throws AddressSyntaxException {
    String helo = "a.".repeat(100_000) + "example.com";
    assertThat(verify("192.0.2.1", helo, "<>").result()).isEqualTo(SpfResult.NONE);
    assertThat(verify("192.0.2.1", helo, "a@helo.example.com").result()).isEqualTo(SpfResult.FAIL);
    assertThat(dns.questions()).endsWith("A unknown");
  }

  @Test
  void controlCharactersOfAHeloReachNoNameServer() throws AddressSyntaxException {
    SpfOutcome outcome = verify("192.0.2.1", "a\r\nb.example.com", "a@helo.example.com");
    assertThat(outcome.result()).isEqualTo(SpfResult.FAIL);
    assertThat(dns.questions()).containsExactly("TXT helo.example.com");
  }

  @Test
  void aRecordOfAllMeasureIsRead() throws AddressSyntaxException {
    String filler = " ip4:198.51.100.1".repeat(3_800);
    dns.txt("long.example.com", "v=spf1" + filler + " ip4:192.0.2.1 -all");
    dns.txt("longer.example.com", "v=spf1" + filler + filler);
    dns.txt("crowded.example.com", "v=spf1" + " a".repeat(4_097));
    assertThat(verify("192.0.2.1", "", "a@long.example.com").result()).isEqualTo(SpfResult.PASS);
    assertThat(verify("192.0.2.1", "", "a@longer.example.com").reason())
        .startsWith("syntax error in ip4:198.51.100.1 ")
        .endsWith(" of longer.example.com: the record is too long");
    assertThat(verify("192.0.2.1", "", "a@crowded.example.com").reason())
        .isEqualTo("syntax error in a of crowded.example.com: too many terms");
  }

  @Test
  void onlyNamesThatMatterAreFollowed() {
    for (int i = 0; i < 30; i++) {
      dns.ptr("203.0.113.80", "host" + i + ".elsewhere.example");
    }
    dns.txt("popular.example", "v=spf1 ptr -all").ptr("203.0.113.80", "popular.example");
    InetAddress client = InetAddress.ofLiteral("203.0.113.80");
    assertThat(verifier.verifyHelo(dns, client, "popular.example").result())
        .isEqualTo(SpfResult.FAIL);
    assertThat(dns.questions())
        .containsExactly("TXT popular.example", "PTR 80.113.0.203.in-addr.arpa");
  }

  @Test
  void aStrangerIsToldWhy() throws AddressSyntaxException {
    SpfOutcome outcome =
        verifier.verifyMailFrom(dns, STRANGER, "", ReversePath.parse("a@example.com"));
    assertThat(outcome.explanation())
        .isEqualTo("example.com does not let 203.0.113.9 send its mail");
  }
}
