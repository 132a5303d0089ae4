package dev.backstop.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9989 §4.10: what is asked, what the organizational domain is, which record applies. */
class TreeWalkTest {

  // Names asked for, in order, in a zone without records.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the example of §4.10
          a.b.c.d.e.f.g.h.i.j.mail.example.com | a.b.c.d.e.f.g.h.i.j.mail.example.com g.h.i.j.mail.example.com h.i.j.mail.example.com i.j.mail.example.com j.mail.example.com mail.example.com example.com com
          # the example of §5.1.8: b.c.d.e.f.g.example.com is never asked for
          mail.a.b.c.d.e.f.g.example.com | mail.a.b.c.d.e.f.g.example.com c.d.e.f.g.example.com d.e.f.g.example.com e.f.g.example.com f.g.example.com g.example.com example.com com
          # nine labels: two are dropped at once, eight queries
          a.b.c.d.e.f.g.h.com | a.b.c.d.e.f.g.h.com c.d.e.f.g.h.com d.e.f.g.h.com e.f.g.h.com f.g.h.com g.h.com h.com com
          # eight and seven labels: one by one
          a.b.c.d.e.f.g.com | a.b.c.d.e.f.g.com b.c.d.e.f.g.com c.d.e.f.g.com d.e.f.g.com e.f.g.com f.g.com g.com com
          b.c.d.e.f.g.com | b.c.d.e.f.g.com c.d.e.f.g.com d.e.f.g.com e.f.g.com f.g.com g.com com
          example.com | example.com com
          com | com
          localhost | localhost
          """)
  void queriesWithoutRecords(String start, String asked) {
    var resolver = new FakeResolver();
    var walk = new TreeWalk(resolver).walk(DnsName.of(start));
    assertThat(Zone.asked(resolver)).containsExactly(asked.split(" ", -1));
    assertThat(walk.steps()).hasSizeLessThanOrEqualTo(TreeWalk.MAX_QUERIES);
    assertThat(walk.organizationalDomain()).contains(DnsName.of(start));
    assertThat(walk.policyRecord()).isEmpty();
  }

  // zone | start | organizational domain | record that applies: place and domain
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # the three examples of §4.10.2
          mail.example.com p=none / example.com p=reject | a.mail.example.com | example.com | ORGANIZATIONAL_DOMAIN example.com
          mail.example.com p=none;psd=n / example.com p=reject | a.mail.example.com | mail.example.com | ORGANIZATIONAL_DOMAIN mail.example.com
          com p=none;psd=y | a.mail.example.com | example.com | PUBLIC_SUFFIX com
          # §B.4.1
          example.com p=none / signing.example.com p=none | example.com | example.com | AUTHOR_DOMAIN example.com
          example.com p=none / signing.example.com p=none | signing.example.com | example.com | AUTHOR_DOMAIN signing.example.com
          # §B.4.2
          example.com p=none / signing.example.com p=none | a.b.c.d.e.f.g.h.i.j.k.example.com | example.com | ORGANIZATIONAL_DOMAIN example.com
          # §B.4.3
          bank.example p=none;psd=y / giant.bank.example p=reject | giant.bank.example | giant.bank.example | AUTHOR_DOMAIN giant.bank.example
          bank.example p=none;psd=y / giant.bank.example p=reject | mail.giant.bank.example | giant.bank.example | ORGANIZATIONAL_DOMAIN giant.bank.example
          bank.example p=none;psd=y / giant.bank.example p=reject | mail.mega.bank.example | mega.bank.example | PUBLIC_SUFFIX bank.example
          # the author's own record applies, whoever the organization is
          a.example.com p=none / example.com p=reject | a.example.com | example.com | AUTHOR_DOMAIN a.example.com
          a.example.com p=none;psd=n / example.com p=reject | a.example.com | a.example.com | AUTHOR_DOMAIN a.example.com
          # records between author and organization do not apply
          b.example.com p=reject / example.com p=none | a.b.example.com | example.com | ORGANIZATIONAL_DOMAIN example.com
          y.giant.bank.example p=reject / bank.example p=none;psd=y | x.y.giant.bank.example | giant.bank.example | PUBLIC_SUFFIX bank.example
          # psd=y at the start itself: a domain like any other (§4.10.2 rule 2)
          bank.example p=reject;psd=y | bank.example | bank.example | AUTHOR_DOMAIN bank.example
          bank.example p=reject;psd=y / example p=none | bank.example | bank.example | AUTHOR_DOMAIN bank.example
          # public suffixes of two labels
          co.example p=none;psd=y | shop.co.example | shop.co.example | PUBLIC_SUFFIX co.example
          co.example p=none;psd=y / shop.co.example p=none | a.b.shop.co.example | shop.co.example | ORGANIZATIONAL_DOMAIN shop.co.example
          # a suffix under a suffix: the first from below ends the walk
          co.example p=none;psd=y / example p=none;psd=y | shop.co.example | shop.co.example | PUBLIC_SUFFIX co.example
          # a top-level domain without psd=y is the organization of all (§11.8); psd=n below helps
          example p=none | shop.example | example | ORGANIZATIONAL_DOMAIN example
          example p=none / shop.example p=none;psd=n | mail.shop.example | shop.example | ORGANIZATIONAL_DOMAIN shop.example
          example p=none | example | example | AUTHOR_DOMAIN example
          # psd=u says nothing, a wrong value as much
          com psd=u;p=none | example.com | com | ORGANIZATIONAL_DOMAIN com
          com psd=yes;p=none | example.com | com | ORGANIZATIONAL_DOMAIN com
          # one label below psd=y is counted in the start, though the walk jumped over it (8 labels)
          b.c.d.e.f.g.example p=none;psd=y | x.y.z.a.b.c.d.e.f.g.example | a.b.c.d.e.f.g.example | PUBLIC_SUFFIX b.c.d.e.f.g.example
          # the record at that name was not asked for, so it does not apply (§5.1.8)
          b.c.d.e.f.g.example p=none;psd=y / a.b.c.d.e.f.g.example p=reject | x.y.z.a.b.c.d.e.f.g.example | a.b.c.d.e.f.g.example | PUBLIC_SUFFIX b.c.d.e.f.g.example
          b.c.d.e.f.g.example.com p=reject;psd=n / example.com p=none | mail.a.b.c.d.e.f.g.example.com | example.com | ORGANIZATIONAL_DOMAIN example.com
          mail.a.b.c.d.e.f.g.example.com p=reject / example.com p=none | mail.a.b.c.d.e.f.g.example.com | example.com | AUTHOR_DOMAIN mail.a.b.c.d.e.f.g.example.com
          # only the version makes a record: one without a policy counts as place
          example.com TXT v=DMARC1 | a.example.com | example.com | ORGANIZATIONAL_DOMAIN example.com
          com psd=y | example.com | example.com | PUBLIC_SUFFIX com
          # other texts are discarded
          example.com TXT v=spf1 -all | example.com | example.com | -
          example.com TXT v=DMARC2; p=reject | example.com | example.com | -
          example.com TXT v=dmarc1; p=reject | example.com | example.com | -
          example.com TXT p=reject; v=DMARC1 | example.com | example.com | -
          example.com TXT hello / example.com p=reject | example.com | example.com | AUTHOR_DOMAIN example.com
          # several records at one name: all discarded, and the walk goes on
          example.com p=reject / example.com p=none | example.com | example.com | -
          example.com p=reject / example.com p=reject | a.example.com | a.example.com | -
          a.example.com p=reject / a.example.com p=none / example.com p=quarantine | a.example.com | example.com | ORGANIZATIONAL_DOMAIN example.com
          example.com psd=n;p=none / example.com psd=n;p=none / com p=none;psd=y | a.example.com | example.com | PUBLIC_SUFFIX com
          # aliases
          example.com CNAME provider.test / provider.test p=reject | example.com | example.com | AUTHOR_DOMAIN example.com
          example.com CNAME provider.test / provider.test p=reject | a.example.com | example.com | ORGANIZATIONAL_DOMAIN example.com
          example.com CNAME missing.test | example.com | example.com | -
          """)
  void organizationAndPolicy(String zone, String start, String organization, String applies) {
    var walk = new TreeWalk(Zone.of(zone)).walk(DnsName.of(start));
    assertThat(walk.unanswered()).isEmpty();
    assertThat(walk.organizationalDomain()).contains(DnsName.of(organization));
    assertThat(walk.policyRecord().map(p -> p.place() + " " + p.domain()).orElse(null))
        .isEqualTo(applies);
  }

  // zone | start | where the walk ends: psd=n, psd=y, and no answer
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.com p=none;psd=n | a.b.example.com | a.b.example.com b.example.com example.com
          a.b.example.com p=none;psd=n | a.b.example.com | a.b.example.com
          b.example.com p=none;psd=y | a.b.example.com | a.b.example.com b.example.com
          b.example.com p=none;psd=y | b.example.com | b.example.com
          b.example.com p=none | a.b.example.com | a.b.example.com b.example.com example.com com
          b.example.com TIMEOUT | a.b.example.com | a.b.example.com b.example.com
          """)
  void endOfTheWalk(String zone, String start, String asked) {
    var resolver = Zone.of(zone);
    new TreeWalk(resolver).walk(DnsName.of(start));
    assertThat(Zone.asked(resolver)).containsExactly(asked.split(" ", -1));
  }

  // No answer at any step: nothing is known of the organization; an own record still applies.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          a.example.com TIMEOUT / example.com p=reject | -
          a.example.com SERVFAIL / example.com p=reject | -
          example.com TIMEOUT | -
          example.com SERVFAIL / a.example.com p=none | a.example.com
          com TIMEOUT / example.com p=reject | -
          com SERVFAIL / a.example.com p=none / example.com p=reject | a.example.com
          """)
  void unanswered(String zone, String applies) {
    var walk = new TreeWalk(Zone.of(zone)).walk(DnsName.of("a.example.com"));
    assertThat(walk.unanswered()).isPresent();
    assertThat(walk.organizationalDomain()).isEmpty();
    assertThat(walk.policyRecord().map(p -> p.domain().text()).orElse(null)).isEqualTo(applies);
  }

  @Test
  void walksShareTheirQueries() {
    var resolver = Zone.of("example.com p=none");
    var walk = new TreeWalk(resolver);
    walk.walk(DnsName.of("a.example.com"));
    walk.walk(DnsName.of("b.example.com"));
    walk.walk(DnsName.of("a.example.com"));
    assertThat(Zone.asked(resolver))
        .isEqualTo(List.of("a.example.com", "example.com", "com", "b.example.com"));
  }

  /** {@code _dmarc.} before it would make more than 253 octets, so that nothing can stand there. */
  @Test
  void nameTooLongForItsOwnRecord() {
    String label = "a".repeat(60) + ".";
    String name = label.repeat(3) + "a".repeat(56) + ".example.com";
    assertThat(name).hasSizeGreaterThan(246).hasSizeLessThan(254);
    var walk = new TreeWalk(Zone.of("example.com p=reject")).walk(DnsName.of(name));
    assertThat(walk.policyRecord().map(PolicyRecord::domain)).contains(DnsName.of("example.com"));
  }
}
