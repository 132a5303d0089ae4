package dev.backstop.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.authres.MethodResult;
import dev.backstop.auth.dmarc.Identifier.Mechanism;
import dev.backstop.auth.dmarc.Identifier.State;
import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9989 §5.3 from the author domain to the policy. Zones are written as {@link Zone} says. */
class DmarcVerifierTest {

  /** {@code spf=a.example dkim=b.example}; a question mark before a domain is a temperror. */
  private static List<Identifier> identifiers(String text) {
    List<Identifier> identifiers = new ArrayList<>();
    for (String word : text.split(" ", -1)) {
      String[] pair = word.split("=", 2);
      if (pair.length == 2) {
        Mechanism mechanism = pair[0].equals("spf") ? Mechanism.SPF : Mechanism.DKIM;
        State state = pair[1].startsWith("?") ? State.TEMPERROR : State.PASS;
        identifiers.add(new Identifier(mechanism, DnsName.of(pair[1].replace("?", "")), state));
      }
    }
    return identifiers;
  }

  private static DmarcOutcome verify(FakeResolver zone, String author, String identifiers) {
    return DmarcVerifier.verify(zone, DnsName.of(author), identifiers(identifiers));
  }

  // zone | author domain | identifiers | result | those aligned
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # §4.4 table 1
          example.com p=none | news.example.com | dkim=foo.example.com | PASS | dkim=foo.example.com
          example.com p=none | news.example.com | dkim=news.example.com | PASS | dkim=news.example.com
          example.com p=none | news.example.com | dkim=foo.example.net | FAIL | ''
          # §B.1.1 SPF
          example.com p=none;aspf=s | example.com | spf=example.com | PASS | spf=example.com
          example.com p=none | example.com | spf=child.example.com | PASS | spf=child.example.com
          example.com p=none | child.example.com | spf=example.net | FAIL | ''
          # §B.1.2 DKIM
          example.com p=none;adkim=s | example.com | dkim=example.com | PASS | dkim=example.com
          example.com p=none | child.example.com | dkim=example.com | PASS | dkim=example.com
          example.com p=none | child.example.com | dkim=example.net | FAIL | ''
          # §B.3.1
          example.com p=reject;aspf=r | example.com | spf=mail.example.com dkim=example.com | PASS | spf=mail.example.com dkim=example.com
          # §B.4.1, §B.4.2, §B.4.3
          example.com p=none / signing.example.com p=none | example.com | spf=example.com dkim=signing.example.com | PASS | spf=example.com dkim=signing.example.com
          example.com p=none / signing.example.com p=none | a.b.c.d.e.f.g.h.i.j.k.example.com | spf=example.com dkim=signing.example.com | PASS | spf=example.com dkim=signing.example.com
          bank.example p=none;psd=y / giant.bank.example p=none | giant.bank.example | spf=mail.giant.bank.example dkim=mail.mega.bank.example | PASS | spf=mail.giant.bank.example
          bank.example p=none;psd=y / giant.bank.example p=none | giant.bank.example | dkim=mail.mega.bank.example | FAIL | ''
          # strict: nothing but the same
          example.com p=none;aspf=s | example.com | spf=mail.example.com | FAIL | ''
          example.com p=none;adkim=s | mail.example.com | dkim=example.com | FAIL | ''
          # each mechanism has its own mode
          example.com p=none;aspf=s | example.com | spf=mail.example.com dkim=mail.example.com | PASS | dkim=mail.example.com
          example.com p=none;adkim=s | example.com | spf=mail.example.com dkim=mail.example.com | PASS | spf=mail.example.com
          # the mode is that of the record that applies, not of the identifier's
          a.example.com p=none;adkim=s / example.com p=none | a.example.com | dkim=example.com | FAIL | ''
          a.example.com p=none / example.com p=none;adkim=s | a.example.com | dkim=example.com | PASS | dkim=example.com
          # any of several signatures
          example.com p=none | example.com | dkim=list.example.net dkim=other.test dkim=mail.example.com | PASS | dkim=mail.example.com
          # departments that are organizations of their own (psd=n) are not aligned with the rest
          example.com p=none / dept.example.com p=none;psd=n | example.com | dkim=dept.example.com | FAIL | ''
          example.com p=none / dept.example.com p=none;psd=n | dept.example.com | dkim=example.com | FAIL | ''
          example.com p=none / dept.example.com p=none;psd=n | a.dept.example.com | dkim=b.dept.example.com | PASS | dkim=b.dept.example.com
          # neighbours under a public suffix
          co.example p=none;psd=y | shop.co.example | dkim=evil.co.example | FAIL | ''
          co.example p=none;psd=y | shop.co.example | dkim=co.example | FAIL | ''
          co.example p=none;psd=y | a.shop.co.example | dkim=shop.co.example | PASS | dkim=shop.co.example
          # a suffix is no neighbour, though it is longer by letters only
          example.com p=none | example.com | dkim=badexample.com | FAIL | ''
          # §11.8: a suffix without psd=y makes all below it one organization
          co.example p=none | shop.co.example | dkim=evil.co.example | PASS | dkim=evil.co.example
          # nothing authenticated
          example.com p=none | example.com | '' | FAIL | ''
          # no record: none, also when all is aligned
          other.test p=none | example.com | spf=example.com dkim=example.com | NONE | ''
          example.com p=none / example.com p=none | example.com | dkim=example.com | NONE | ''
          # §4.10.1: a record without a usable policy and without a report address
          example.com p=bogus | example.com | dkim=example.com | PERMERROR | ''
          example.com p=reject;sp=bogus | example.com | dkim=example.com | PERMERROR | ''
          example.com p=reject;np=bogus | example.com | dkim=example.com | PERMERROR | ''
          example.com psd=n | a.example.com | dkim=example.com | PERMERROR | ''
          # the author's record is the one, even if it cannot be used
          a.example.com p=bogus / example.com p=reject | a.example.com | '' | PERMERROR | ''
          """)
  void alignment(String zone, String author, String identifiers, String result, String aligned) {
    DmarcOutcome outcome = verify(Zone.of(zone), author, identifiers);
    assertThat(outcome.result()).as(outcome.reason()).isEqualTo(DmarcResult.valueOf(result));
    assertThat(
            outcome.aligned().stream().map(Identifier::toString).collect(Collectors.joining(" ")))
        .isEqualTo(aligned);
    assertThat(outcome.policy()).isEqualTo(DmarcPolicy.NONE);
  }

  // What is asked of mail that fails. zone | author domain | policy
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # p for the domain that published it; sp and np are of no concern
          example.com p=reject | example.com | REJECT
          example.com p=quarantine | example.com | QUARANTINE
          example.com p=none | example.com | NONE
          example.com p=none;sp=reject;np=reject | example.com | NONE
          example.com p=reject;sp=none | example.com | REJECT
          # sp, else p, for subdomains
          example.com p=none;sp=reject / a.example.com HOST | a.example.com | REJECT
          example.com p=reject;sp=none | a.b.example.com | NONE
          example.com p=reject | a.example.com | REJECT
          # np for those that do not exist; then sp, then p
          example.com p=none;np=reject | a.example.com | REJECT
          example.com p=none;np=reject / a.example.com HOST | a.example.com | NONE
          example.com p=none;sp=quarantine;np=reject | a.example.com | REJECT
          example.com p=none;sp=quarantine;np=reject / a.example.com HOST | a.example.com | QUARANTINE
          example.com p=reject;sp=reject;np=none | a.example.com | NONE
          example.com p=none;sp=reject | a.example.com | REJECT
          # a name exists when one below it does (RFC 8020), and without any address
          example.com p=none;np=reject / b.a.example.com HOST | a.example.com | NONE
          example.com p=none;np=reject / a.example.com TXT something | a.example.com | NONE
          # sp of a record that is not the organization's does nothing
          a.example.com p=none;sp=reject / example.com p=quarantine | b.a.example.com | QUARANTINE
          a.example.com p=none;sp=reject / example.com p=quarantine | a.example.com | NONE
          # public suffixes
          co.example p=none;psd=y;sp=quarantine;np=reject | shop.co.example | REJECT
          co.example p=none;psd=y;sp=quarantine;np=reject / shop.co.example HOST | shop.co.example | QUARANTINE
          co.example p=reject;psd=y;sp=none | co.example | REJECT
          co.example psd=y;np=reject;rua=mailto:a@co.example | gone.shop.co.example | REJECT
          co.example psd=y;np=reject;rua=mailto:a@co.example / shop.co.example HOST | shop.co.example | NONE
          # an organization with a record is not under the suffix's policy (§4.10.1 note)
          co.example p=reject;psd=y / shop.co.example p=none | shop.co.example | NONE
          co.example p=reject;psd=y / shop.co.example p=none | a.shop.co.example | NONE
          # t=y: one level lower
          example.com p=reject;t=y | example.com | QUARANTINE
          example.com p=quarantine;t=y | example.com | NONE
          example.com p=none;t=y | example.com | NONE
          example.com p=none;sp=reject;t=y | a.example.com | QUARANTINE
          example.com p=none;np=quarantine;t=y | a.example.com | NONE
          example.com p=reject;t=n | example.com | REJECT
          # pct is gone
          example.com p=reject;pct=0 | example.com | REJECT
          # policies that are not valid are none with a report address (§4.10.1)
          example.com p=bogus;rua=mailto:a@example.com | example.com | NONE
          example.com p=reject;sp=bogus;rua=mailto:a@example.com | example.com | NONE
          example.com p=reject;np=bogus;rua=mailto:a@example.com | example.com | NONE
          example.com rua=mailto:a@example.com | example.com | NONE
          example.com sp=reject;rua=mailto:a@example.com | a.example.com | REJECT
          # names of eight labels and more
          b.c.d.e.f.g.example p=none;sp=reject | x.y.b.c.d.e.f.g.example | REJECT
          y.b.c.d.e.f.g.example p=reject / b.c.d.e.f.g.example p=none | x.y.b.c.d.e.f.g.example | NONE
          """)
  void policyOfWhatFails(String zone, String author, DmarcPolicy policy) {
    DmarcOutcome outcome = verify(Zone.of(zone), author, "dkim=unrelated.test");
    assertThat(outcome.result()).as(outcome.reason()).isEqualTo(DmarcResult.FAIL);
    assertThat(outcome.policy()).as(outcome.reason()).isEqualTo(policy);
  }

  // Trouble with DNS never fails a message. zone | author domain | identifiers | result
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # the author's record
          example.com TIMEOUT | example.com | dkim=example.com | TEMPERROR
          example.com SERVFAIL | example.com | '' | TEMPERROR
          # a step of the search
          example.com TIMEOUT | a.example.com | '' | TEMPERROR
          com TIMEOUT / example.com p=reject | a.example.com | dkim=a.example.com | TEMPERROR
          com SERVFAIL | example.com | '' | TEMPERROR
          # the organization of the author
          com TIMEOUT / example.com p=reject | example.com | dkim=mail.example.com | TEMPERROR
          com TIMEOUT / example.com p=reject | example.com | dkim=evil.com | TEMPERROR
          # … is not needed for the same domain, in strict mode, and for other top-level domains
          com TIMEOUT / example.com p=reject | example.com | dkim=example.com | PASS
          com TIMEOUT / example.com p=reject;adkim=s | example.com | dkim=mail.example.com | FAIL
          com TIMEOUT / example.com p=reject | example.com | dkim=evil.test | FAIL
          com TIMEOUT / example.com p=reject | example.com | '' | FAIL
          # the organization of the identifier
          mail.example.com TIMEOUT / example.com p=reject | example.com | dkim=mail.example.com | TEMPERROR
          mail.example.com TIMEOUT / example.com p=reject | example.com | dkim=mail.example.com spf=example.com | PASS
          evil.test TIMEOUT / example.com p=reject | example.com | dkim=evil.test | FAIL
          # SPF and DKIM that were not answered, when they might have been aligned
          example.com p=reject | example.com | spf=?example.com | TEMPERROR
          example.com p=reject | example.com | dkim=?mail.example.com | TEMPERROR
          example.com p=reject | example.com | dkim=?example.com dkim=mail.example.com | PASS
          example.com p=reject;adkim=s | example.com | dkim=?mail.example.com | FAIL
          # … and when they could not: a stranger's broken name servers are no way round a policy
          example.com p=reject | example.com | spf=?evil.test dkim=?evil.test | FAIL
          example.com p=reject / evil.com p=none | example.com | dkim=?evil.com | FAIL
          # whether the author domain exists
          example.com p=none;np=reject / a.example.com HOST-TIMEOUT | a.example.com | '' | TEMPERROR
          example.com p=none / a.example.com HOST-TIMEOUT | a.example.com | '' | FAIL
          example.com p=none;np=reject / a.example.com HOST-TIMEOUT | a.example.com | dkim=example.com | PASS
          """)
  void trouble(String zone, String author, String identifiers, String result) {
    DmarcOutcome outcome = verify(Zone.of(zone), author, identifiers);
    assertThat(outcome.result()).as(outcome.reason()).isEqualTo(DmarcResult.valueOf(result));
    if (outcome.result() == DmarcResult.TEMPERROR) {
      assertThat(outcome.policy()).isEqualTo(DmarcPolicy.NONE);
      assertThat(outcome.reason()).startsWith("not found out");
    }
  }

  // No query that is not needed. zone | author domain | identifiers | names asked for
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          example.com p=reject | example.com | spf=example.com dkim=example.com | example.com
          example.com p=reject | example.com | dkim=list.test | example.com
          example.com p=reject;adkim=s;aspf=s | example.com | dkim=a.example.com | example.com
          example.com p=reject | example.com | dkim=other.com | example.com com
          example.com p=reject | mail.example.com | dkim=example.com | mail.example.com example.com com
          # asked whether it exists only where np says something else
          example.com p=none;np=reject | a.example.com | '' | a.example.com example.com com A a.example.com
          example.com p=none;np=reject / a.example.com TXT x | a.example.com | '' | a.example.com example.com com
          example.com p=none;np=reject | a.example.com | dkim=example.com | a.example.com example.com com
          """)
  void queries(String zone, String author, String identifiers, String asked) {
    FakeResolver resolver = Zone.of(zone);
    verify(resolver, author, identifiers);
    assertThat(String.join(" ", Zone.asked(resolver))).isEqualTo(asked);
  }

  @Test
  void strangersCannotMakeUsAskWithoutEnd() {
    FakeResolver resolver = Zone.of("example.com p=reject");
    List<Identifier> many = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      many.add(Identifier.dkimPass(DnsName.of("a.b.c.d.e.f.g.h" + i + ".example.com")));
    }
    DmarcOutcome outcome =
        DmarcVerifier.verify(resolver, DnsName.of("1.2.3.4.5.6.7.8.9.example.com"), many);
    assertThat(outcome.result()).isEqualTo(DmarcResult.PASS);
    assertThat(resolver.questions()).hasSizeLessThanOrEqualTo(DmarcVerifier.MAX_QUERIES);
    assertThat(outcome.aligned()).hasSize(Alignment.MAX_WALKS);
  }

  @Test
  void outcomeSaysWhatAndWhere() {
    FakeResolver zone = Zone.of("example.com p=reject; sp=quarantine / a.example.com HOST");
    DmarcOutcome outcome = verify(zone, "a.example.com", "spf=bulk.test");
    PolicyRecord policyRecord = outcome.policyRecord().orElseThrow();
    assertThat(policyRecord.domain()).isEqualTo(DnsName.of("example.com"));
    assertThat(policyRecord.place()).isEqualTo(PolicyRecord.Place.ORGANIZATIONAL_DOMAIN);
    assertThat(policyRecord.found().text()).isEqualTo("v=DMARC1; p=reject; sp=quarantine");
    assertThat(outcome.organizationalDomain()).contains(DnsName.of("example.com"));
    assertThat(outcome.reason())
        .isEqualTo(
            "no authenticated domain is aligned with a.example.com; example.com publishes"
                + " sp=quarantine");
    assertThat(outcome.authenticationResult())
        .isEqualTo(
            MethodResult.of("dmarc", "fail")
                .comment(outcome.reason())
                .property("header", "from", "a.example.com")
                .property("policy", "dmarc", "quarantine"));
  }
}
