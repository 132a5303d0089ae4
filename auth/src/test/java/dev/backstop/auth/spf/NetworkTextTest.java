package dev.backstop.auth.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.IpLiteral;
import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTextTest {

  @ParameterizedTest
  @CsvSource({
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "2001:DB8::1, 2001:db8::1",
    "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:2::7:8, 1:2::7:8",
    "::1.2.3.4, ::102:304",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "::ffff:192.0.2.1, ::ffff:c000:201", // not what Java makes of it
  })
  void ip6(String text, String same) {
    InetAddress address = Objects.requireNonNull(NetworkText.ip6(text));
    assertThat(IpLiteral.render(address)).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1:",
        ":1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2::3",
        "1:::2",
        "::1:",
        ":1::",
        "12345::",
        "::g",
        "1.2.3.4",
        "1.2.3.4::",
        "::1.2.3",
        "::1.2.3.4:5",
        "::01.2.3.4",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1%eth0",
        "[::1]",
        "::\u0661",
        "::\uff11",
        " ::1",
        "::1 ",
      })
  void notIp6(String text) {
    assertThat(NetworkText.ip6(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.2.3",
        "1.2.3.4.",
        ".1.2.3.4",
        "1..3.4",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.04",
        "00.1.2.3",
        "1.2.3.1000",
        "1.2.3.-4",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "1.2.3.\u0661",
      })
  void notIp4(String text) {
    assertThat(NetworkText.ip4(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "192.0.2.1", "10.100.200.99"})
  void ip4(String text) {
    assertThat(NetworkText.ip4(text)).isEqualTo(InetAddress.ofLiteral(text));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 32, true",
    "192.0.2.1, 192.0.2.0, 32, false",
    "192.0.2.1, 192.0.2.0, 31, true",
    "192.0.2.1, 192.0.2.2, 31, false",
    "192.0.2.128, 192.0.2.1, 25, false",
    "192.0.2.128, 192.0.2.1, 24, true",
    "192.0.2.1, 64.0.0.0, 1, false",
    "192.0.2.1, 64.0.0.0, 0, true",
    "2001:db8::1, 2001:db8:8000::, 32, true",
    "2001:db8::1, 2001:db8:8000::, 33, false",
    "2001:db8::1, 2001:db8::1, 128, true",
    "2001:db8::1, 192.0.2.1, 0, false",
  })
  void leadingBits(String one, String other, int bits, boolean agree) {
    byte[] octets = InetAddress.ofLiteral(one).getAddress();
    assertThat(CidrLengths.agree(octets, InetAddress.ofLiteral(other).getAddress(), bits))
        .isEqualTo(agree);
  }
}
