package dev.backstop.mail.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "::1, ::1",
    "::, ::",
    "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "fe80:0:0:0:0:0:0:0, fe80::",
  })
  void isWrittenInItsShortForm(String written, String rendered) {
    assertThat(IpLiteral.render(IpLiteral.parse(written))).isEqualTo(rendered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "127.1", "1", "fe80::1%eth0", "192.0.2.256", "1.2.3.4.5"})
  void aNameIsNeverLookedUp(String text) {
    assertThatThrownBy(() -> IpLiteral.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
