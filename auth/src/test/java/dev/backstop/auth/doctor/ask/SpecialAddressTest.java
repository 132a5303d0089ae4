package dev.backstop.auth.doctor.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialAddressTest {
  @ParameterizedTest
  @CsvSource({
    // nobody outside reaches these
    "127.0.0.1, loopback",
    "::1, loopback",
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "::, unspecified",
    "169.254.1.1, link-local",
    "fe80::1, link-local",
    "10.0.0.1, private",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.1.1, private",
    "fc00::1, private",
    "fd12:3456::1, private",
    "100.64.0.1, carrier-internal",
    "100.127.255.255, carrier-internal",
    "224.0.0.1, reserved",
    "255.255.255.255, reserved",
    "240.0.0.1, reserved",
    "ff02::1, reserved",
    // the world reaches these, or may see them in examples
    "172.32.0.1, ''",
    "100.63.255.255, ''",
    "100.128.0.0, ''",
    "8.8.8.8, ''",
    "192.0.2.1, ''",
    "2001:db8::1, ''",
    "fe00::1, ''",
  })
  void kinds(String address, String kind) {
    assertThat(SpecialAddress.kind(InetAddress.ofLiteral(address)).orElse("")).isEqualTo(kind);
  }
}
