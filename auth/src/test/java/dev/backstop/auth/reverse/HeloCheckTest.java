package dev.backstop.auth.reverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5321 §4.1.1.1, §4.1.3, §4.1.4. */
class HeloCheckTest {
  private static final InetAddress FOUR = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::1");
  private static final Set<DnsName> OWN =
      Set.of(DnsName.of("mx.our.example"), DnsName.of("our.example"));

  private static String names(Set<HeloFinding> findings) {
    return findings.stream().sorted().map(Enum::name).collect(Collectors.joining(" "));
  }

  // What the text alone tells to a client at 192.0.2.1.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          mx.example.com | ''
          MX.EXAMPLE.COM. | ''
          a-b.1.example | ''
          '' | MISSING
          '  ' | MISSING
          192.0.2.1 | BARE_ADDRESS
          192.0.2.9 | BARE_ADDRESS
          2001:db8::1 | BARE_ADDRESS
          [192.0.2.1] | ''
          [192.0.2.9] | OTHER_LITERAL
          [IPv6:2001:db8::1] | OTHER_LITERAL
          [2001:db8::1] | BROKEN_LITERAL
          [IPv6:192.0.2.1] | BROKEN_LITERAL
          [192.0.2.1 | BROKEN_LITERAL
          [] | BROKEN_LITERAL
          [ | BROKEN_LITERAL
          [IPv6:] | BROKEN_LITERAL
          [IPv6: | BROKEN_LITERAL
          [mx.example.com] | BROKEN_LITERAL
          localhost | NOT_QUALIFIED
          WIN-PC1 | NOT_QUALIFIED
          win_pc.example | BAD_CHARACTERS
          my host | BAD_CHARACTERS NOT_QUALIFIED
          bücher.example | BAD_CHARACTERS
          a\u0001.example | BAD_CHARACTERS
          <script> | BAD_CHARACTERS NOT_QUALIFIED
          a..example | NOT_A_NAME
          .example.com | NOT_A_NAME
          -a.example | NOT_A_NAME
          a-.example | NOT_A_NAME
          mx.our.example | OUR_NAME
          OUR.example. | OUR_NAME
          a.our.example | ''
          """)
  void syntax(String helo, String findings) {
    assertThat(names(HeloCheck.syntax(helo, FOUR, OWN))).isEqualTo(findings);
  }

  @ParameterizedTest
  @CsvSource({"[IPv6:2001:db8::1],''", "[ipv6:2001:DB8:0::1],''", "[192.0.2.1],OTHER_LITERAL"})
  void literalsOfClientsWithSix(String helo, String findings) {
    assertThat(names(HeloCheck.syntax(helo, SIX, OWN))).isEqualTo(findings);
  }

  // What DNS adds, and how often it is asked.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          mx.example.com | '' | 1
          other.example.com | OTHER_ADDRESS | 1
          six.example.com | OTHER_ADDRESS | 2
          text.example.com | UNRESOLVABLE | 2
          gone.example.com | UNRESOLVABLE | 1
          slow.example.com | UNANSWERED | 1
          localhost | NOT_QUALIFIED UNRESOLVABLE | 1
          mx.our.example | OUR_NAME OTHER_ADDRESS | 1
          # no name, no question
          192.0.2.9 | BARE_ADDRESS | 0
          [192.0.2.9] | OTHER_LITERAL | 0
          [192.0.2.1] | '' | 0
          my_host.example | BAD_CHARACTERS | 0
          '' | MISSING | 0
          """)
  void lookedUp(String helo, String findings, int questions) {
    var resolver =
        new FakeResolver()
            .address("mx.example.com", "192.0.2.7", "192.0.2.1")
            .address("other.example.com", "192.0.2.9")
            .address("six.example.com", "2001:db8::1")
            .txt("text.example.com", "x")
            .timeout("slow.example.com")
            .address("mx.our.example", "198.51.100.1");
    assertThat(names(HeloCheck.check(resolver, helo, FOUR, OWN))).isEqualTo(findings);
    assertThat(resolver.questions()).hasSize(questions);
  }

  /** Never throws, whatever a client says. */
  @FuzzTest(maxDuration = "60s")
  void anyText(FuzzedDataProvider data) {
    String helo = data.consumeRemainingAsString();
    var resolver = new FakeResolver();
    Set<HeloFinding> findings = HeloCheck.check(resolver, helo, FOUR, OWN);
    if (findings.isEmpty()) { // nothing resolves here
      assertThat(helo).startsWith("[192.");
    }
    assertThat(resolver.questions().size()).isLessThanOrEqualTo(2);
    assertThat(findings).containsAll(HeloCheck.syntax(helo, FOUR, OWN));
  }
}
