package dev.backstop.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.dns.DnsName;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.testkit.dns.FakeResolver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class DmarcFuzzTest {
  private static final String[] LABELS = {"a", "b", "mail", "example", "com", "test", "co"};
  private static final String[] RECORDS = {
    "p=none",
    "p=reject",
    "p=reject; psd=y",
    "p=none; psd=n; sp=reject",
    "np=reject; t=y; p=none",
    "p=quarantine; adkim=s; aspf=s",
    "p=x",
    "p=x; rua=mailto:a@b.example"
  };

  /** What is read is written and read again as the same, without a new problem but the old ones. */
  @FuzzTest(maxDuration = "60s")
  void whatParsesRendersToItself(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(DmarcParser.nearMiss(text).isPresent() && DmarcParser.parse(text).isPresent())
        .isFalse();
    for (String candidate : List.of(text, "v=DMARC1;" + text)) {
      DmarcParser.parse(candidate)
          .ifPresent(parsed -> {
            DmarcRecord record = parsed.record();
            assertThat(DmarcParser.parse(record.render()).orElseThrow().record()).isEqualTo(record);
            for (DmarcProblem problem : parsed.problems()) {
              assertThat(problem.toString()).matches("[ -~]{1,200}");
            }
          });
    }
  }

  /** Never throws; one domain is one that stands in the text. */
  @FuzzTest(maxDuration = "60s")
  void authorDomain(byte[] bytes) {
    AuthorDomain author = AuthorDomain.of(List.of(new HeaderField("From", bytes)));
    assertThat(author.domains()).doesNotHaveDuplicates();
    assertThat(author.domains().size()).isLessThanOrEqualTo(AuthorDomain.MAX_DOMAINS);
    assertThat(author).isNotInstanceOf(AuthorDomain.Missing.class);
    if (author instanceof AuthorDomain.Several several) {
      assertThat(several.domains().size()).isGreaterThan(1);
    }
    // the same domain in another field: readers may see either
    assertThat(
            AuthorDomain.of(
                List.of(new HeaderField("From", bytes), new HeaderField("from", bytes))))
        .isEqualTo(new AuthorDomain.Repeated(2, author.domains()));
  }

  /** Random zones: bounded queries, and results that agree with themselves. */
  @FuzzTest(maxDuration = "60s")
  void verifier(FuzzedDataProvider data) {
    var resolver = new FakeResolver();
    for (int i = data.consumeInt(0, 12); i > 0; i--) {
      addTo(resolver, name(data).text(), data);
    }
    DnsName author = name(data);
    List<Identifier> identifiers = new ArrayList<>();
    for (int i = data.consumeInt(0, 12); i > 0; i--) {
      identifiers.add(
          new Identifier(
              data.pickValue(Identifier.Mechanism.values()),
              name(data),
              data.pickValue(Identifier.State.values())));
    }
    DmarcOutcome outcome = DmarcVerifier.verify(resolver, author, identifiers);
    assertThat(resolver.questions().size()).isLessThanOrEqualTo(DmarcVerifier.MAX_QUERIES);
    assertThat(resolver.questions()).doesNotHaveDuplicates();
    assertThat(outcome.aligned().isEmpty()).isNotEqualTo(outcome.result() == DmarcResult.PASS);
    assertThat(identifiers).containsAll(outcome.aligned());
    assertThat(outcome.authenticationResult().result()).isEqualTo(outcome.result().text());

    var walk = new TreeWalk(resolver).walk(author);
    assertThat(walk.steps().size()).isLessThanOrEqualTo(TreeWalk.MAX_QUERIES);
    walk.organizationalDomain().ifPresent(top -> assertThat(author.isWithin(top)).isTrue());
    if (outcome.result() == DmarcResult.FAIL) {
      assertThat(outcome.policyRecord()).isEqualTo(walk.policyRecord());
      assertThat(identifiers).doesNotContain(Identifier.dkimPass(author));
    }
  }

  private static DnsName name(FuzzedDataProvider data) {
    var text = new StringBuilder(data.pickValue(LABELS));
    for (int i = data.consumeInt(0, 11); i > 0; i--) {
      text.append('.').append(data.pickValue(LABELS));
    }
    return DnsName.of(text.toString());
  }

  private static void addTo(FakeResolver resolver, String name, FuzzedDataProvider data) {
    switch (data.consumeInt(0, 6)) {
      case 0 -> resolver.timeout("_dmarc." + name);
      case 1 -> resolver.serverFailure(name);
      case 2 -> resolver.cname("_dmarc." + name, "_dmarc." + name(data));
      case 3 -> resolver.txt("_dmarc." + name, data.consumeString(40));
      default -> resolver.txt("_dmarc." + name, "v=DMARC1; " + data.pickValue(RECORDS));
    }
  }
}
