package dev.backstop.cli.doctor;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.doctor.Doctor;
import dev.backstop.auth.doctor.Examination;
import dev.backstop.auth.doctor.Report;
import dev.backstop.auth.doctor.dkim.OwnKey;
import dev.backstop.cli.check.print.Style;
import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import dev.backstop.testkit.dns.Zone;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
  private static Report report(Zone zone, String domain) {
    return Doctor.examine(new FakeResolver(zone), Examination.of(DnsName.of(domain)));
  }

  private static Report ill() {
    return report(Zones.zone(), "example.com");
  }

  @Test
  void aGoodDomain() {
    assertThat(TextReport.of(report(Zones.zone(), "null.example"), Style.PLAIN))
        .isEqualTo(
            """
            null.example

              Who takes its mail (MX)
                ok         null.example says that it takes no mail (Null MX).

              Who may send (SPF)
                v=spf1 -all

                ok         The record of null.example is valid, and a check needs 0 of at most 10 lookups.

              What becomes of forgeries (DMARC)
                ok         Mail from null.example that fails DMARC is to be refused (reject).

            null.example: all in order.
            """);
  }

  /** Records are to be copied: they are never broken. */
  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 200, 0})
  void sentencesFitAndRecordsStayWhole(int width) {
    String text = TextReport.of(ill(), new Style(false, width, false));
    int most = width == 0 || width > 100 ? 100 : width;
    assertThat(text.lines().filter(line -> !line.contains(" IN ")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(most));
    assertThat(text)
        .contains(
            " example.com. IN TXT \"v=spf1 mx include:_spf.mailer.example ip4:198.51.100.0/12"
                + " ip4:203.0.113.7 ~all\"\n");
  }

  @Test
  void wrappingLosesNothing() {
    String wide = TextReport.of(ill(), Style.PLAIN).replaceAll("[\\s│├└─]+", "");
    String narrow = TextReport.of(ill(), new Style(false, 70, false));
    assertThat(narrow.replaceAll("[\\s│├└─]+", "")).isEqualTo(wide);
  }

  @Test
  void coloursTellTheSeverity() {
    String text = TextReport.of(ill(), new Style(true, 80, false));
    assertThat(text)
        .contains("\033[32mok ", "\033[31mproblem ", "\033[33mwarning ", "\033[33munknown ")
        .endsWith(
            "\033[31mexample.com: "
                + text.substring(text.lastIndexOf("example.com: ") + "example.com: ".length()));
    assertThat(text.replaceAll("\033\\[[0-9;]*m", ""))
        .isEqualTo(TextReport.of(ill(), new Style(false, 80, false)));
  }

  @Test
  void aTerminalWithoutUnicodeGetsAscii() {
    assertThat(TextReport.of(ill(), new Style(false, 80, true)))
        .matches("\\p{ASCII}*")
        .contains("|- include:_spf.mailer.example", "`- include:_spf.shop.example", "\"?all\"");
  }

  @Test
  void whatStrangersWroteIsNotObeyed() {
    String red = "\u001b[31m\u202e";
    Zone zone =
        new Zone()
            .mx("example.com", 1, "mx\u001b[31m.example.com")
            .txt("example.com", "v=spf1 include:" + red + ".example -all " + red)
            .txt("_dmarc.example.com", "v=DMARC1; p=" + red)
            .txt("s1._domainkey.example.com", "v=DKIM1; k=" + red + "; p=AAAA");
    Report report = report(zone, "example.com");
    assertThat(TextReport.of(report, Style.PLAIN)).doesNotContain("\u001b", "\u202e");
    assertThat(ReportJson.of(report)).matches("[ -~]*");
  }

  @Test
  void aTreeThatNeverEndsIsCut() {
    var zone = new Zone().mx("example.com", 1, "mx.example.com");
    String includes =
        IntStream.range(0, 500).mapToObj(i -> " include:i" + i + ".example").collect(joining());
    zone.txt("example.com", "v=spf1" + includes + " -all");
    for (int i = 0; i < 500; i++) {
      zone.txt("i" + i + ".example", "v=spf1" + includes + " -all");
    }
    String text = TextReport.of(report(zone, "example.com"), Style.PLAIN);
    assertThat(text).contains("… and 70 more", "of at most 10 lookups").hasSizeLessThan(300_000);
  }

  @Test
  void aKeyIsShownInStringsThatFitIntoARecord() {
    Zone zone =
        new Zone().mx("example.com", 1, "mx.example.com").address("mx.example.com", "192.0.2.1");
    var key =
        new OwnKey(
            DnsName.of("example.com"),
            "bs1",
            "v=DKIM1; k=rsa; p=" + Zones.rsa(2048),
            OwnKey.Use.SIGNING);
    var examination =
        new Examination(DnsName.of("example.com"), List.of(), List.of(key), List.of());
    String text = TextReport.of(Doctor.examine(new FakeResolver(zone), examination), Style.PLAIN);
    assertThat(text)
        .containsPattern(
            """
            Publish:
             +bs1\\._domainkey\\.example\\.com\\. IN TXT \\(
             +"v=DKIM1; k=rsa; p=[^"]{237}"
             +"[^"]+"
             +\\)
            """);
  }
}
