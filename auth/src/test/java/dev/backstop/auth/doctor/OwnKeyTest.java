package dev.backstop.auth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.doctor.dkim.OwnKey;
import dev.backstop.auth.doctor.dkim.OwnKey.Use;
import dev.backstop.auth.doctor.finding.Finding;
import dev.backstop.auth.doctor.finding.RecordType;
import dev.backstop.auth.doctor.finding.Remedy;
import dev.backstop.auth.doctor.finding.Section;
import dev.backstop.auth.doctor.finding.Severity;
import dev.backstop.dns.DnsName;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of an installation beside what the world sees; and selectors that are given. */
class OwnKeyTest {
  private static final DnsName DOMAIN = DnsName.of("example.com");
  private static final String RECORD = "v=DKIM1; k=rsa; p=" + Zone.rsa(2048);

  private static Report examined(String changes, List<String> selectors, OwnKey... keys) {
    var examination = new Examination(DOMAIN, selectors, List.of(keys), List.of());
    return Doctor.examine(Zone.GOOD.changed(changes).resolver(), examination);
  }

  @ParameterizedTest
  @CsvSource({
    // whether it signs decides what a missing record means
    "SIGNING, '', own-missing, publish",
    "WAITING, '', own-not-yet, publish",
    "LEAVING, '', own-gone-early, publish",
    "GONE,    '', '', ''",
    // the right one is there
    "SIGNING, 'v=DKIM1; k=rsa; p=RSA:2048', '', ''",
    "WAITING, 'v=DKIM1;p=RSA:2048;', '', ''",
    "LEAVING, 'v=DKIM1;p=RSA:2048;', '', ''",
    "GONE,    'v=DKIM1;p=RSA:2048;', own-can-go, remove",
    // another one is there
    "SIGNING, 'v=DKIM1; k=rsa; p=RSA:2049', own-is-different, replace",
    "SIGNING, 'v=DKIM1; k=ed25519; p=ED25519', own-is-different, replace",
    // it cannot be used
    "SIGNING, 'v=DKIM1; p=', unusable, replace",
    "GONE,    'v=DKIM1; p=', revoked, ''",
    "SIGNING, 'v=DKIM1; h=sha1; p=RSA:2048', unusable, replace",
    "SIGNING, 'v=DKIM1; p=RSA:512', too-weak, replace",
  })
  void isCompared(Use use, String published, String code, String action) {
    String changes = published.isEmpty() ? "" : "+ bs1._domainkey.example.com TXT " + published;
    var own = new OwnKey(DOMAIN, "bs1", RECORD, use);
    List<Finding> found =
        examined(changes, List.of(), own).of(Section.DKIM).stream()
            .filter(finding -> finding.code().severity() != Severity.OK)
            .toList();
    assertThat(found.stream().map(finding -> finding.code().text()).collect(Collectors.joining()))
        .isEqualTo(code);
    assertThat(
            found.stream()
                .flatMap(finding -> finding.remedies().stream())
                .map(remedy -> remedy.action().text())
                .collect(Collectors.joining()))
        .isEqualTo(action);
  }

  @Test
  void theRecordToPublishIsOurs() {
    Report report = examined("", List.of(), new OwnKey(DOMAIN, "bs1", RECORD, Use.SIGNING));
    List<Remedy> remedies =
        report.findings().stream().flatMap(finding -> finding.remedies().stream()).toList();
    assertThat(remedies).hasSize(1);
    assertThat(remedies.getFirst().record().name())
        .isEqualTo(DnsName.of("bs1._domainkey.example.com"));
    assertThat(remedies.getFirst().record().value()).isEqualTo(RECORD);
  }

  @Test
  void ofSeveralRecordsThoseThatAreNotOursShallGo() {
    Report report =
        examined(
            "+ s1._domainkey.example.com TXT v=DKIM1; p=RSA:1024",
            List.of(),
            new OwnKey(DOMAIN, "s1", RECORD, Use.SIGNING));
    assertThat(report.of(Section.DKIM))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code().text()).isEqualTo("several");
          assertThat(finding.remedies())
              .singleElement()
              .isEqualTo(
                  Remedy.remove(
                      DnsName.of("s1._domainkey.example.com"),
                      RecordType.TXT,
                      "v=DKIM1; p=" + Zone.rsa(1024)));
        });
  }

  @Test
  void keysOfOtherDomainsAreLeftOut() {
    Report report =
        examined("", List.of(), new OwnKey(DnsName.of("example.net"), "bs1", RECORD, Use.SIGNING));
    assertThat(DoctorTest.named(report)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', dkim/missing",
    "'+ given._domainkey.example.com TXT v=DKIM1; p=RSA:2048', ''",
    "'+ given._domainkey.example.com TXT v=DKIM1; p=', dkim/unusable",
    "'+ given._domainkey.example.com TXT v=spf1 -all', dkim/missing",
    "'+ given._domainkey.example.com TIMEOUT', dkim/unanswered",
  })
  void selectorsThatAreGivenMustHaveKeys(String changes, String expected) {
    assertThat(DoctorTest.named(examined(changes, List.of("given")))).isEqualTo(expected);
  }
}
