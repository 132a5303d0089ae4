package dev.backstop.server.keys.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.dns.DnsName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTextTest {
  private static final DnsName NAME = DnsName.of("s._domainkey.example.com");

  @Test
  void aLongValueIsCutIntoStringsOf255() {
    assertThat(ZoneText.strings("x".repeat(600)))
        .extracting(String::length)
        .containsExactly(255, 255, 90);
    assertThat(ZoneText.render(NAME, "x".repeat(256)))
        .isEqualTo("s._domainkey.example.com. IN TXT ( \"" + "x".repeat(255) + "\"\n    \"x\" )");
  }

  @Test
  void aShortValueStaysOnOneLine() {
    assertThat(ZoneText.render(NAME, "v=DKIM1; p="))
        .isEqualTo("s._domainkey.example.com. IN TXT \"v=DKIM1; p=\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=DKIM1; p=AAAA", "a\"b\\c;d", "\"", "\\"})
  void whatIsRenderedIsReadBack(String value) {
    assertThat(ZoneText.value(ZoneText.render(NAME, value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // opendkim-genkey
        "mail._domainkey\tIN\tTXT\t( \"v=DKIM1; k=rsa; \"\n\t  \"p=AA\"\n\t  \"BB\" )  ; ----- DKIM key mail for \"x\"\n",
        // rspamadm dkim_keygen
        "dkim._domainkey IN TXT ( \"v=DKIM1; k=rsa; \"\n\t\"p=AA\"\n\t\"BB\"\n) ; \n",
        // dig +short
        "\"v=DKIM1; k=rsa; p=AA\" \"BB\"",
        // a web form
        " v=DKIM1; k=rsa; p=AABB\n",
      })
  void whatProgramsPrintIsRead(String text) {
    assertThat(ZoneText.value(text)).isEqualTo("v=DKIM1; k=rsa; p=AABB");
  }
}
