package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpfRecordTest {

  private static SpfRecord record(String text) {
    return SpfRecord.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "v=spf1, true",
    "v=spf1 -all, true",
    "V=sPf1 -all, true",
    "v=spf10, false",
    "v=spf1-all, false",
    "v=spf, false",
    "' v=spf1', false",
    "'', false",
    "spf2.0/pra -all, false",
  })
  void theVersionDecidesWhatIsARecord(String text, boolean isRecord) {
    assertThat(SpfRecord.isSpf(text)).isEqualTo(isRecord);
    assertThat(SpfRecord.parse(text).isPresent()).isEqualTo(isRecord);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all",
        "+ALL",
        "include:example.com",
        "include:_spf.%{d2}",
        "a",
        "a/24",
        "a//64",
        "a/0//0",
        "a:example.com",
        "a:example.com.",
        "a:example.xn--zckzah",
        "a:foo:bar/baz.example.com/24//64",
        "a:foo/24.example.com",
        "a:%{d}/24",
        "a:.com",
        "a:x%%",
        "a:%_%-.example.com",
        "mx:example.com/32//128",
        "ptr",
        "ptr:example.com",
        "ip4:192.0.2.1",
        "ip4:0.0.0.0/0",
        "ip6:2001:db8::/32",
        "ip6:::",
        "ip6:::ffff:192.0.2.1/96",
        "ip6:1:2:3:4:5:6:7:8",
        "exists:%{ir}.%{l1r+-}._spf.%{d}",
        "exists:%{S127R.-+,/_=}",
        "redirect=example.com",
        "exp=%{d}",
        "moo.cow-far_out=man:dog/cat",
        "ip4=192.0.2.1",
        "x=",
      })
  void terms(String term) {
    SpfRecord record = record("v=spf1  " + term + "   ");
    assertThat(record.error()).isEmpty();
    assertThat(record.terms()).singleElement().extracting(Term::text).isEqualTo(term);
    assertThat(record.render()).isEqualTo("v=spf1 " + term);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # where each stops making sense
          moo                       |  0
          -moo:x.example            |  1
          all.                      |  0
          all:example.com           |  3
          all/8                     |  3
          -                         |  1
          --all                     |  1
          include                   |  7
          include:                  |  8
          include/24                |  7
          include:example.com/24    | 19
          a:                        |  2
          a:museum                  |  2
          a:museum.                 |  2
          a:example.-com            | 10
          a:example.com-            | 13
          a:example..               | 10
          a:192.0.2.1               | 10
          a:example.com:8080        | 13
          a/33                      |  2
          a//129                    |  3
          a/024                     |  2
          a/24/64                   |  1
          a/                        |  1
          a//                       |  1
          a/1000                    |  2
          a:example.com/            | 13
          ptr/0                     |  3
          ptr:                      |  4
          ip4                       |  3
          ip4:                      |  3
          ip4:192.0.2               |  3
          ip4:192.0.2.01            |  3
          ip4:192.0.2.256           |  3
          ip4:192.0.2.1.1           |  3
          ip4:192.0.2.1/33          | 14
          ip4:192.0.2.1//32         | 14
          ip4:192.0.2.1:25          |  3
          ip4:::1                   |  3
          ip6:192.0.2.1             |  3
          ip6:2001:db8::1::         |  3
          ip6:2001:db8::12345       |  3
          ip6:fe80::1%eth0          |  3
          ip6:2001:db8::/129        | 15
          ip6:::1.2.3               |  3
          ip6:1:2:3                 |  3
          exists                    |  6
          exists:                   |  7
          redirect:example.com      |  8
          redirect=                 |  9
          redirect=-all             |  9
          -redirect=example.com     |  0
          exp=                      |  4
          exp=%{r}.example.com      |  6
          1up=foo                   |  0
          =all                      |  0
          x=%a                      |  2
          x=%{t}                    |  4
          a:%                       |  2
          a:%{d                     |  5
          a:%{d0}                   |  5
          a:%{q}                    |  4
          a:%{dx}                   |  5
          a:%{d-r}                  |  6
          a:%(d).example.com        |  2
          """)
  void termsThatAreNone(String term, int position) {
    SpfRecord record = record("v=spf1 ip4:192.0.2.1 " + term + " -all");
    assertThat(record.directives()).hasSize(2);
    assertThat(record.terms().get(1)).isInstanceOf(Term.Malformed.class);
    Term.Malformed malformed = record.error().orElseThrow();
    assertThat(malformed.text()).isEqualTo(term);
    assertThat(malformed.position()).as(malformed.reason()).isEqualTo(position);
    assertThat(malformed.reason()).matches("[ -~]+");
  }

  @Test
  void whatStandsInARecord() throws Exception {
    SpfRecord record =
        record("v=spf1 ~a:%{d2}/24//64 -ip4:192.0.2.0/24 redirect=x.example exp=y.example z=1");
    var domain =
        new MacroString(List.of(new MacroString.Macro(MacroLetter.DOMAIN, false, 2, false, "")));
    var network = (Inet4Address) java.net.InetAddress.ofLiteral("192.0.2.0");
    assertThat(record.directives())
        .containsExactly(
            new Term.Directive(
                Qualifier.SOFTFAIL,
                new Mechanism.A(Optional.of(domain), new CidrLengths(24, 64)),
                "~a:%{d2}/24//64"),
            new Term.Directive(
                Qualifier.FAIL, new Mechanism.Ip4(network, 24), "-ip4:192.0.2.0/24"));
    assertThat(record.modifiers()).hasSize(3);
    assertThat(record.redirect()).map(redirect -> redirect.domain().render()).contains("x.example");
    assertThat(record.explanation()).map(exp -> exp.domain().render()).contains("y.example");
    assertThat(record.modifiers().getLast())
        .isInstanceOfSatisfying(
            Term.UnknownModifier.class, modifier -> assertThat(modifier.name()).isEqualTo("z"));
  }

  @Test
  void aSecondModifierOfAKindIsAnError() {
    assertThat(record("v=spf1 redirect=a.example redirect=b.example").error())
        .contains(new Term.Malformed("redirect=b.example", 0, "a second redirect"));
    assertThat(record("v=spf1 exp=a.example -all EXP=b.example").error())
        .contains(new Term.Malformed("EXP=b.example", 0, "a second exp"));
    assertThat(record("v=spf1 x=1 x=2").error()).isEmpty();
  }

  @Test
  void allErrorsStandInTheTree() {
    assertThat(record("v=spf1 foo ip4:1.2.3.4 b\u00e4r -all \u0007").terms())
        .filteredOn(Term.Malformed.class::isInstance)
        .extracting(Term::text)
        .containsExactly("foo", "b\u00e4r", "\u0007");
  }

  @Test
  void bounds() {
    String most = "v=spf1" + " all".repeat(SpfRecord.MAX_TERMS);
    assertThat(record(most).error()).isEmpty();
    assertThat(record(most + " all").error().orElseThrow().reason()).isEqualTo("too many terms");
    String macros = "%{d}".repeat(MacroString.MAX_PARTS);
    assertThat(record("v=spf1 exists:" + macros).error()).isEmpty();
    assertThat(record("v=spf1 exists:" + macros + "%{d}").error().orElseThrow().reason())
        .isEqualTo("too many macros");
    assertThat(record("v=spf1 x=" + "y".repeat(SpfRecord.MAX_LENGTH)).error()).isPresent();
  }
}
