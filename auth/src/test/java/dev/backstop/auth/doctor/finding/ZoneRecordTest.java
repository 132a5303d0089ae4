package dev.backstop.auth.doctor.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneRecordTest {
  private static final DnsName NAME = DnsName.of("example.com");

  private static List<String> txt(String value) {
    return new ZoneRecord(NAME, RecordType.TXT, value).zone();
  }

  @Test
  void aTextOf255OctetsIsOneString() {
    assertThat(txt("")).containsExactly("example.com. IN TXT \"\"");
    assertThat(txt("x".repeat(255)))
        .containsExactly("example.com. IN TXT \"" + "x".repeat(255) + "\"");
  }

  @Test
  void aLongerTextIsSplit() {
    assertThat(txt("x".repeat(256)))
        .containsExactly("example.com. IN TXT (", "\"" + "x".repeat(255) + "\"", "\"x\"", ")");
    assertThat(txt("x".repeat(510))).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a\"b | a\\\"b",
        "a\\b | a\\\\b",
        "a;b | a;b",
        "'a\nb' | a\\010b",
        "a\u00ffb | a\\255b",
      })
  void octetsWithAMeaningAreEscaped(String value, String escaped) {
    assertThat(txt(value)).containsExactly("example.com. IN TXT \"" + escaped + "\"");
  }

  @ParameterizedTest
  @CsvSource({"a b, a\\ b.", "a\\b, a\\\\b.", "a$b.c, a\\$b.c.", "a\u0001b, a\\001b."})
  void namesAreEscaped(String name, String escaped) {
    assertThat(ZoneRecord.value(new DnsName(name))).isEqualTo(escaped);
  }

  @Test
  void mailExchangers() {
    assertThat(ZoneRecord.value(new MailExchanger(10, Optional.of(NAME))))
        .isEqualTo("10 example.com.");
    assertThat(ZoneRecord.value(new MailExchanger(0, Optional.empty()))).isEqualTo("0 .");
  }
}
