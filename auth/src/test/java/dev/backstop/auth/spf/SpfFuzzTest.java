package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;

class SpfFuzzTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @FuzzTest(maxDuration = "60s")
  void whatParsesRendersToItself(FuzzedDataProvider data) {
    String text = "v=spf1 " + data.consumeRemainingAsString();
    SpfRecord record = SpfRecord.parse(text).orElseThrow();
    for (Term term : record.terms()) {
      if (term instanceof Term.Malformed malformed) {
        assertThat(malformed.position()).isBetween(0, malformed.text().length());
        assertThat(malformed.reason()).matches("[ -~]+");
      } else {
        assertThat(term.text()).matches("[!-~]+");
      }
    }
    if (text.length() <= SpfRecord.MAX_LENGTH) {
      assertThat(SpfRecord.parse(record.render())).contains(record);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void macrosExpandToNamesAndLines(FuzzedDataProvider data) {
    InetAddress client = InetAddress.ofLiteral(data.consumeBoolean() ? "192.0.2.1" : "2001:db8::1");
    var subject =
        new Subject(
            client, data.consumeString(300), data.consumeString(100), DnsName.of("a.example"));
    var names =
        new ClientNames(new Questions(new FakeResolver(), client, SpfLimits.STANDARD), client, 10);
    var expansion = new Expansion(subject, names, "mx.example.org", CLOCK);
    String text = data.consumeRemainingAsString();
    MacroString macros = MacroString.parseExplanation(text).orElse(null);
    if (macros == null) {
      return;
    }
    assertThat(MacroString.parseExplanation(macros.render())).contains(macros);
    assertThat(expansion.text(macros, DnsName.of("b.example"), 400)).hasSizeLessThanOrEqualTo(400);
    expansion
        .name(macros, DnsName.of("b.example"))
        .ifPresent(name -> assertThat(name.text()).matches("[ -~]{1,253}"));
  }

  @FuzzTest(maxDuration = "60s")
  void anyAnswerGivesAnOutcomeWithinTheLimits(FuzzedDataProvider data) {
    InetAddress client = InetAddress.ofLiteral(data.pickValue(new String[] {"0.0.0.1", "::1"}));
    String helo = data.consumeBoolean() ? "a.example" : data.consumeString(60);
    ReversePath sender =
        data.consumeBoolean()
            ? NullReversePath.INSTANCE
            : new Mailbox(data.consumeString(20), "a.example");
    var resolver = new HostileResolver(data);
    SpfOutcome outcome =
        new SpfVerifier("mx.example.org", CLOCK, SpfLimits.STANDARD)
            .verifyMailFrom(resolver, client, helo, sender);
    assertThat(outcome.lookups()).isBetween(0, 10);
    assertThat(outcome.voidLookups()).isBetween(0, 3);
    assertThat(resolver.questions()).isLessThanOrEqualTo(123);
    assertThat(outcome.path()).hasSizeLessThanOrEqualTo(11);
    assertThat(outcome.reason()).matches("[ -~]{1,500}");
    boolean fail = outcome.result() == SpfResult.FAIL;
    assertThat(outcome.explanation()).matches(fail ? "[ -~]{1,400}" : "");
    assertThat(fail && !resolver.explained() && resolver.unanswered() > 0)
        .as("a fail although a name server did not answer")
        .isFalse();
  }
}
