package dev.backstop.auth.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.auth.dmarc.DmarcProblem.Kind;
import dev.backstop.mail.address.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9989 §4.7 and §4.8. */
class DmarcParserTest {

  private static DmarcParser.Parsed parsed(String text) {
    return DmarcParser.parse(text).orElseThrow();
  }

  private static String problems(String text) {
    return parsed(text).problems().stream()
        .map(problem -> problem.kind() + " " + problem.tag())
        .map(String::strip)
        .collect(Collectors.joining(", "));
  }

  // The version: first, and exactly so.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DMARC1",
        "v=DMARC1;",
        "v=DMARC1 ;",
        "v = DMARC1 ; p=none",
        "v\t=\tDMARC1;p=none",
        "V=DMARC1; p=none",
        "v=DMARC1;;;p=none",
      })
  void records(String text) {
    assertThat(DmarcParser.parse(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "v",
        "v=",
        "v=DMARC1p=none",
        "v=DMARC1 p=none",
        "v=DMARC10; p=none",
        "v=DMARC; p=none",
        "v=dmarc1; p=none",
        "v=Dmarc1; p=none",
        " v=DMARC1; p=none",
        "p=none; v=DMARC1",
        "v=spf1 -all",
        "\"v=DMARC1; p=none\"",
        "v=DMARC1, p=none",
        "vv=DMARC1; p=none",
        "v\n=DMARC1; p=none",
        "v==DMARC1",
        "DMARC1",
      })
  void noRecords(String text) {
    assertThat(DmarcParser.parse(text)).isEmpty();
  }

  // written | read, rendered without what is default | problems
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      textBlock =
          """
          # the examples of §B.2
          v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com | v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com | ''
          v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@example.com | v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@example.com | ''
          v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y | v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y | ''
          v=DMARC1; rua=mailto:a@thirdparty.example.net; ruf=mailto:b@thirdparty.example.net | v=DMARC1; p=none; rua=mailto:a@thirdparty.example.net; ruf=mailto:b@thirdparty.example.net | POLICY_REPLACED p
          # every tag, in any order, with blanks, in any case of name and value
          v=DMARC1;t=y;np=reject;aspf=s;psd=n;sp=quarantine;adkim=s;p=reject | v=DMARC1; p=reject; sp=quarantine; np=reject; psd=n; adkim=s; aspf=s; t=y | ''
          v=DMARC1 ;  p =  reject ; sp\t= none | v=DMARC1; p=reject; sp=none | ''
          v=DMARC1; P=Reject; ADKIM=S; PSD=Y | v=DMARC1; p=reject; psd=y; adkim=s | ''
          # defaults said aloud
          v=DMARC1; p=none; psd=u; adkim=r; aspf=r; t=n | v=DMARC1; p=none | ''
          # values that a tag does not have: the default
          v=DMARC1; p=none; adkim=x; aspf=strict; psd=1; t=yes | v=DMARC1; p=none | BAD_VALUE psd, BAD_VALUE adkim, BAD_VALUE aspf, BAD_VALUE t
          v=DMARC1; p=none; t= | v=DMARC1; p=none | BAD_VALUE t
          # retired (§C.5.2), unknown, broken, repeated
          v=DMARC1; p=reject; pct=50; rf=afrf; ri=86400 | v=DMARC1; p=reject | RETIRED_TAG pct, RETIRED_TAG rf, RETIRED_TAG ri
          v=DMARC1; p=reject; x=1; policy=none | v=DMARC1; p=reject | UNKNOWN_TAG x, UNKNOWN_TAG policy
          v=DMARC1; p=reject; sp | v=DMARC1; p=reject | BROKEN_TAG
          v=DMARC1; p=reject; s p=none; p1=none; =none | v=DMARC1; p=reject | BROKEN_TAG, BROKEN_TAG, BROKEN_TAG
          v=DMARC1; p=reject; p=none | v=DMARC1; p=reject | REPEATED_TAG p
          v=DMARC1; v=DMARC1; p=reject | v=DMARC1; p=reject | REPEATED_TAG v
          # §4.10.1: no valid p, or a wrong sp or np
          v=DMARC1; p=bogus; rua=mailto:a@example.com | v=DMARC1; p=none; rua=mailto:a@example.com | BAD_VALUE p, POLICY_REPLACED
          v=DMARC1; p=reject; sp=; rua=mailto:a@example.com | v=DMARC1; p=none; rua=mailto:a@example.com | BAD_VALUE sp, POLICY_REPLACED
          v=DMARC1; p=reject; sp=none; np=all; rua=mailto:a@example.com | v=DMARC1; p=none; rua=mailto:a@example.com | BAD_VALUE np, POLICY_REPLACED
          v=DMARC1; p=bogus | v=DMARC1 | BAD_VALUE p, POLICY_REPLACED
          v=DMARC1; p=reject; sp=bogus | v=DMARC1 | BAD_VALUE sp, POLICY_REPLACED
          v=DMARC1; p=reject none | v=DMARC1 | BAD_VALUE p, POLICY_REPLACED
          v=DMARC1 | v=DMARC1 | POLICY_REPLACED p
          v=DMARC1; rua=mailto:nobody | v=DMARC1 | BAD_URI rua, POLICY_REPLACED p
          v=DMARC1; np=reject; psd=y; rua=mailto:a@co.example | v=DMARC1; p=none; np=reject; psd=y; rua=mailto:a@co.example | POLICY_REPLACED p
          # report addresses
          v=DMARC1; p=none; rua=mailto:a@example.com , mailto:b@example.com | v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com | ''
          v=DMARC1; p=none; rua=mailto:a@example.com!10m,https://example.com/report | v=DMARC1; p=none; rua=mailto:a@example.com,https://example.com/report | OBSOLETE_SIZE rua
          v=DMARC1; p=none; rua=MAILTO:a@example.com!50 | v=DMARC1; p=none; rua=MAILTO:a@example.com | OBSOLETE_SIZE rua
          v=DMARC1; p=none; rua=a@example.com,mailto:b@example.com | v=DMARC1; p=none; rua=mailto:b@example.com | BAD_URI rua
          v=DMARC1; p=none; rua= | v=DMARC1; p=none | BAD_URI rua
          v=DMARC1; p=none; rua=mailto:a@example.com, | v=DMARC1; p=none; rua=mailto:a@example.com | BAD_URI rua
          v=DMARC1; p=none; rua=mailto:,mailto:@example.com,mailto:a@b c,mailto:a!b@example.com,:x,1x:y,mailto:a%zz@example.com | v=DMARC1; p=none | BAD_URI rua, BAD_URI rua, BAD_URI rua, BAD_URI rua, BAD_URI rua, BAD_URI rua, BAD_URI rua
          # fo, with ruf only
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=1:d:s | v=DMARC1; p=none; ruf=mailto:a@example.com; fo=1:d:s | ''
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=d:0 | v=DMARC1; p=none; ruf=mailto:a@example.com; fo=0:d | ''
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=s | v=DMARC1; p=none; ruf=mailto:a@example.com; fo=s | ''
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=0 | v=DMARC1; p=none; ruf=mailto:a@example.com | ''
          v=DMARC1; p=none; fo=1 | v=DMARC1; p=none | NO_EFFECT fo
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=0:1 | v=DMARC1; p=none; ruf=mailto:a@example.com | BAD_VALUE fo
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=d:d | v=DMARC1; p=none; ruf=mailto:a@example.com | BAD_VALUE fo
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=x | v=DMARC1; p=none; ruf=mailto:a@example.com | BAD_VALUE fo
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=1d | v=DMARC1; p=none; ruf=mailto:a@example.com | BAD_VALUE fo
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo=1: | v=DMARC1; p=none; ruf=mailto:a@example.com | BAD_VALUE fo
          v=DMARC1; p=none; ruf=mailto:a@example.com; fo= | v=DMARC1; p=none; ruf=mailto:a@example.com | BAD_VALUE fo
          """)
  void values(String written, String read, String problems) {
    String text = written.replace("\\t", "\t");
    assertThat(parsed(text).record().render()).isEqualTo(read);
    assertThat(problems(text)).isEqualTo(problems);
  }

  @Test
  void noPolicyMeansNoDmarc() {
    assertThat(parsed("v=DMARC1; p=bogus").record().policy()).isEmpty();
    assertThat(parsed("v=DMARC1; p=bogus; rua=mailto:a@b.example").record().policy())
        .contains(DmarcPolicy.NONE);
  }

  @Test
  void bounds() {
    String many = "v=DMARC1; p=reject; " + "x=y; ".repeat(200) + "t=y";
    assertThat(problems(many)).endsWith("TOO_MANY");
    assertThat(parsed(many).record().testing()).isFalse();
    String addresses = "v=DMARC1; p=none; rua=" + "mailto:a@b.example,".repeat(5000);
    assertThat(parsed(addresses).record().aggregateReports()).hasSize(DmarcRecord.MAX_URIS);
    assertThat(problems(addresses)).isEqualTo("TOO_MANY rua");
  }

  @Test
  void problemsCanBeShown() {
    String text = "v=DMARC1; p=no\u001b[31m\u00e9" + "x".repeat(100);
    assertThat(parsed(text).problems().getFirst())
        .hasToString("p: \"no?[31m?" + "x".repeat(52) + "...\" is no policy");
    assertThat(parsed("v=DMARC1; p=none; pct=10").problems())
        .containsExactly(
            new DmarcProblem(Kind.RETIRED_TAG, "pct", "went with RFC 9989 and is ignored"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=dmarc1; p=none",
        " v=DMARC1",
        "DMARC1; p=none",
        "v=DMARC1 p=none",
        "\"v=DMARC1\""
      })
  void nearMisses(String text) {
    assertThat(DmarcParser.nearMiss(text).orElseThrow()).contains("v=DMARC1").contains("ignored");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=DMARC1; p=none", "v=spf1 -all", ""})
  void noNearMisses(String text) {
    assertThat(DmarcParser.nearMiss(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:a@example.com, a@example.com",
    "mailto:a%2Bb@example.com, a+b@example.com",
    "mailto:%22a%2Cb%22@example.com, '\"a,b\"@example.com'",
    "mailto:a+b@Example.com?subject=x, a+b@example.com",
    "https://example.com/a@example.com,",
  })
  void mailboxes(String uri, @Nullable String mailbox) {
    assertThat(new ReportUri(uri).mailbox().map(Mailbox::toString))
        .isEqualTo(Optional.ofNullable(mailbox));
  }

  @Test
  void recordsAreNormal() {
    var record =
        new DmarcRecord(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            PublicSuffix.UNKNOWN,
            AlignmentMode.RELAXED,
            AlignmentMode.RELAXED,
            Set.of(FailureOption.ANY_FAILED),
            List.of(new ReportUri("https://example.com/")),
            List.of(),
            false);
    assertThat(record.policy()).contains(DmarcPolicy.NONE);
    assertThat(record.failureOptions()).containsExactly(FailureOption.ALL_FAILED);
    assertThatThrownBy(() -> new ReportUri("mailto:a;b")).hasMessage("not a report URI");
  }
}
