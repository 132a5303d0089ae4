package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sender of a {@code fail} is told (RFC 7208 §6.2). */
class ExplanationTest {
  private static final String STANDARD = "example.com does not let 203.0.113.9 send its mail";

  private final FakeResolver dns = new FakeResolver();
  private final SpfVerifier verifier =
      new SpfVerifier(
          "mx.receiver.example",
          InstantSource.fixed(Instant.ofEpochSecond(1_234_567_890)),
          SpfLimits.STANDARD);

  private SpfOutcome fail(String sender) throws AddressSyntaxException {
    SpfOutcome outcome =
        verifier.verifyMailFrom(
            dns, InetAddress.ofLiteral("203.0.113.9"), "forger.example", ReversePath.parse(sender));
    assertThat(outcome.result()).isEqualTo(SpfResult.FAIL);
    return outcome;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          # as written, blanks, dots and all
          Mail from  here only.          | Mail from  here only.
          # every macro, also those that may stand here only
          %{s} %{l} %{o} %{d} %{h}       | anna@example.com anna example.com example.com forger.example
          %{i} %{v} %{c} %{r} %{t}       | 203.0.113.9 in-addr 203.0.113.9 mx.receiver.example 1234567890
          %{p} %{dr} %{l3-} %{i2}        | unknown com.example anna 113.9
          100%% of%_%{S}%-               | 100% of anna%40example.com%20
          # wrong macros, other scripts, nothing: ours
          %{x}                           | example.com does not let 203.0.113.9 send its mail
          100%                           | example.com does not let 203.0.113.9 send its mail
          %{d0}                          | example.com does not let 203.0.113.9 send its mail
          %{d                            | example.com does not let 203.0.113.9 send its mail
          f\u00fcr Sie                   | example.com does not let 203.0.113.9 send its mail
          ~ ~                            | example.com does not let 203.0.113.9 send its mail
          """)
  void texts(String text, String explanation) throws AddressSyntaxException {
    dns.txt("example.com", "v=spf1 -all exp=why.%{d}").txt("why.example.com", text);
    assertThat(fail("anna@example.com").explanation()).isEqualTo(explanation);
  }

  @Test
  void itIsOneLineForAReply() throws AddressSyntaxException {
    dns.txt("example.com", "v=spf1 -all exp=why.example.com");
    dns.txt("why.example.com", "%{h}.".repeat(200));
    assertThat(fail("anna@example.com").explanation())
        .hasSize(400)
        .startsWith("forger.example.forger.example.");
    dns.txt("xn--bcher-kva.example", "v=spf1 -all exp=local.example.com");
    dns.txt("local.example.com", "not %{s}, %{L}");
    assertThat(fail("ä@bücher.example").explanation())
        .isEqualTo("not ?@xn--bcher-kva.example, %C3%A4");
  }

  @Test
  void severalTextsAreNone() throws AddressSyntaxException {
    dns.txt("example.com", "v=spf1 -all exp=why.example.com");
    dns.txt("why.example.com", "one").txt("why.example.com", "two");
    assertThat(fail("anna@example.com").explanation()).isEqualTo(STANDARD);
  }

  @Test
  void aNameServerThatDoesNotAnswerChangesNothing() throws AddressSyntaxException {
    dns.txt("example.com", "v=spf1 -all exp=why.example.com").timeout("why.example.com");
    assertThat(fail("anna@example.com").explanation()).isEqualTo(STANDARD);
  }

  @Test
  void namesThatCanBeNoNamesAreNotAskedFor() throws AddressSyntaxException {
    dns.txt("example.com", "v=spf1 -all exp=%{l}..why.example.com");
    assertThat(fail("anna@example.com").explanation()).isEqualTo(STANDARD);
    assertThat(dns.questions()).containsExactly("TXT example.com");
  }

  @Test
  void theRecordThatFailedExplains() throws AddressSyntaxException {
    dns.txt("example.com", "v=spf1 include:other.example redirect=target.example exp=a.example");
    dns.txt("other.example", "v=spf1 -all exp=b.example");
    dns.txt("target.example", "v=spf1 -all exp=c.%{d}");
    dns.txt("a.example", "a").txt("b.example", "b").txt("c.target.example", "c for %{d}, %{o}");
    assertThat(fail("anna@example.com").explanation())
        .isEqualTo("c for target.example, example.com");
  }

  @Test
  void askingForItCountsNowhere() throws AddressSyntaxException {
    dns.txt("example.com", "v=spf1 a:no1.example a:no2.example -all exp=%{p}.example");
    SpfOutcome outcome = fail("anna@example.com");
    assertThat(outcome.lookups()).isEqualTo(2);
    assertThat(outcome.voidLookups()).isEqualTo(2);
    assertThat(dns.questions()).endsWith("PTR 9.113.0.203.in-addr.arpa", "TXT unknown.example");
  }
}
