package dev.backstop.auth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.dns.Answer;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.testkit.dns.FakeResolver;
import java.lang.reflect.Proxy;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever writes a zone decides what we ask and read; he shall not decide how much. */
@Timeout(60)
class HostileZonesTest {
  private static final Examination EXAMPLE = Examination.of(DnsName.of("example.com"));

  /** More than the longest report takes; a 64 kB record alone would be longer. */
  private static final int MAX_TEXT = 60_000;

  private static final int MAX_QUESTIONS = 2_000;

  private static Report examined(FakeResolver resolver) {
    Report report = Doctor.examine(resolver, EXAMPLE);
    assertThat(resolver.questions()).hasSizeLessThan(MAX_QUESTIONS);
    assertThat(report.findings().stream().mapToInt(finding -> finding.text().length()).sum())
        .isLessThan(MAX_TEXT);
    assertThat(report.findings()).extracting(Finding::text).allMatch(HostileZonesTest::isPlain);
    return report;
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || "“”…§".indexOf(c) >= 0);
  }

  private static String repeated(int count, String format) {
    return IntStream.range(0, count)
        .mapToObj(i -> format.replace("#", String.valueOf(i)))
        .collect(Collectors.joining(" "));
  }

  @Test
  void aThousandMailHosts() {
    var resolver = new FakeResolver();
    for (int i = 0; i < 1_000; i++) {
      resolver.mx("example.com", i, "mx" + i + ".example.com");
      resolver.address("mx" + i + ".example.com", "192.0.2." + i % 250, "2001:db8::" + i);
    }
    Report report = examined(resolver.txt("example.com", "v=spf1 mx mx mx mx -all"));
    assertThat(DoctorTest.named(report)).contains("mx/many-hosts", "spf/too-many-exchangers");
  }

  @Test
  void aliasesInACircle() {
    Report report =
        examined(
            new FakeResolver()
                .mx("example.com", 1, "a.example.com")
                .cname("a.example.com", "b.example.com")
                .cname("b.example.com", "a.example.com")
                .cname("_dmarc.example.com", "_dmarc.example.com")
                .txt("example.com", "v=spf1 include:a.example.com a:b.example.com -all"));
    assertThat(DoctorTest.named(report))
        .contains("mx/host-unanswered", "spf/target-unanswered", "dmarc/unanswered");
  }

  @Test
  void includesThatNeverEnd() {
    var resolver = new FakeResolver().txt("example.com", "v=spf1 include:i0.example.com -all");
    for (int i = 0; i < 500; i++) {
      resolver.txt(
          "i" + i + ".example.com",
          "v=spf1 include:i" + (i + 1) + ".example.com include:i" + (i * 7 % 500) + ".example.com");
    }
    assertThat(DoctorTest.named(examined(resolver))).contains("spf/too-many-lookups", "spf/loop");
  }

  @Test
  void aRecordOfManyLookups() {
    Report report =
        examined(
            new FakeResolver()
                .txt("example.com", "v=spf1 " + repeated(4_000, "mx:h#.x") + " -all"));
    assertThat(DoctorTest.named(report)).contains("spf/too-many-lookups");
  }

  @Test
  void textsOf64Kilobytes() {
    Report report =
        examined(
            new FakeResolver()
                .txt("example.com", "v=spf1 " + "x".repeat(65_000))
                .txt(
                    "_dmarc.example.com",
                    "v=DMARC1; p=none; rua=" + repeated(3_000, "mailto:#@x.example,"))
                .txt("s1._domainkey.example.com", "v=DKIM1; p=" + "A".repeat(65_000)));
    assertThat(DoctorTest.named(report)).contains("spf/syntax", "dkim/unusable");
  }

  @Test
  void recordsOfNothingButErrors() {
    Report report =
        examined(
            new FakeResolver()
                .txt(
                    "example.com",
                    "v=spf1" + " ip4:0.0.0.0/0".repeat(2_000) + " ;;;;".repeat(2_000))
                .txt("_dmarc.example.com", "v=DMARC1" + "; p=x".repeat(5_000)));
    assertThat(DoctorTest.named(report)).contains("spf/syntax", "spf/range-huge");
  }

  @Test
  void manyRecordsWhereOneShouldBe() {
    var resolver = new FakeResolver();
    for (int i = 0; i < 1_000; i++) {
      resolver
          .txt("example.com", "v=spf1 ip4:192.0.2.1 -all")
          .txt("_dmarc.example.com", "v=DMARC1; p=none")
          .txt("s1._domainkey.example.com", "v=DKIM1; p=");
    }
    assertThat(DoctorTest.named(examined(resolver)))
        .contains("spf/several", "dmarc/several", "dkim/several");
  }

  @Test
  void controlCharactersNeverGetOut() {
    String red = "\u001b[31m\u0000\u0085\u00ff\r\n";
    Report report =
        examined(
            new FakeResolver()
                .mx("example.com", 1, "mx\u001b[31m.example.com")
                .cname("mx\u001b[31m.example.com", "x\u0007.example.com")
                .txt("example.com", "v=spf1 " + red + " include:" + red + ".example.com -all")
                .txt("_dmarc.example.com", "v=DMARC1; p=" + red + "; " + red + "=1; rua=" + red)
                .txt("s1._domainkey.example.com", "v=DKIM1; k=" + red + "; p=AAAA"));
    assertThat(report.of(Section.SPF))
        .extracting(Finding::text)
        .anyMatch(it -> it.contains("\\027"));
    assertThat(report.findings())
        .flatExtracting(Finding::remedies)
        .flatExtracting(remedy -> remedy.record().zone())
        .allMatch(line -> isPlain(line));
  }

  @Test
  void anInterruptedThreadGetsAReportAllTheSame() {
    Thread.currentThread().interrupt();
    try {
      assertThat(Doctor.examine(Zone.GOOD.resolver(), EXAMPLE).findings()).isNotEmpty();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** Names that do not fit together are no names. */
  @Test
  void theLongestName() {
    String label = "x".repeat(60);
    String longest = String.join(".", label, label, label, label) + ".example";
    Report report =
        Doctor.examine(
            new FakeResolver()
                .txt(longest, "v=spf1 mx -all")
                .txt("example", "v=DMARC1; p=none; rua=mailto:x@" + longest),
            Examination.of(DnsName.of(longest)));
    assertThat(DoctorTest.named(report)).contains("dmarc/no-record");
  }

  @Test
  void aResolverThatAlwaysFails() {
    Resolver failing =
        (Resolver)
            Proxy.newProxyInstance(
                Resolver.class.getClassLoader(),
                new Class<?>[] {Resolver.class},
                (_, _, _) -> new Answer.ServerFailure<>("SERVFAIL"));
    assertThat(DoctorTest.named(Doctor.examine(failing, EXAMPLE)))
        .isEqualTo("dkim/unanswered dmarc/unanswered mx/unanswered spf/unanswered");
  }
}
