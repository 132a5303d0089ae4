package dev.backstop.auth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstop.auth.dmarc.DmarcParser;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.spf.SpfRecord;
import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.util.List;
import java.util.Locale;

/** Zones of nonsense. */
class DoctorFuzzTest {
  private static final Examination EXAMPLE =
      new Examination(DnsName.of("example.com"), List.of("fuzz"), List.of(), List.of());

  private static final List<String> NAMES =
      List.of(
          "example.com",
          "_spf.example.com",
          "_dmarc.example.com",
          "fuzz._domainkey.example.com",
          "_dmarc.other.example",
          "example.com._report._dmarc.other.example");

  /**
   * Whatever stands in a zone: a report comes, says only what can be shown, and the records that it
   * advises can be read.
   */
  @FuzzTest(maxDuration = "60s")
  void anyZoneGetsAReport(FuzzedDataProvider data) {
    var resolver =
        new FakeResolver()
            .mx("example.com", 10, "mx.example.com")
            .address("mx.example.com", "192.0.2.1");
    for (int i = 0; i < 8 && data.remainingBytes() > 0; i++) {
      String name = NAMES.get(data.consumeInt(0, NAMES.size() - 1));
      resolver.txt(name, start(name, data) + data.consumeAsciiString(300));
    }
    Report report = Doctor.examine(resolver, EXAMPLE);
    assertThat(report.findings()).isNotEmpty();
    for (Finding finding : report.findings()) {
      assertThat(finding.text()).doesNotContainPattern("[\\x00-\\x1f\\x7f-\\x9f]");
      finding.remedies().forEach(DoctorFuzzTest::assertReadable);
    }
  }

  private static String start(String name, FuzzedDataProvider data) {
    if (!data.consumeBoolean()) {
      return "";
    }
    return name.contains("_dmarc")
        ? "v=DMARC1;"
        : name.contains("_domainkey") ? "v=DKIM1;" : "v=spf1 ";
  }

  private static void assertReadable(Remedy remedy) {
    String value = remedy.record().value();
    if (remedy.action() == Remedy.Action.REMOVE) {
      return; // what is there now
    }
    if (value.toLowerCase(Locale.ROOT).startsWith("v=spf1")) {
      assertThat(SpfRecord.parse(value).orElseThrow().error()).isEmpty();
    } else if (value.startsWith("v=DMARC1")) {
      assertThat(DmarcParser.parse(value).orElseThrow().problems()).isEmpty();
    }
    assertThat(remedy.record().zone())
        .noneMatch(line -> line.matches(".*[\\x00-\\x1f\\x7f-\\x9f].*"));
  }
}
