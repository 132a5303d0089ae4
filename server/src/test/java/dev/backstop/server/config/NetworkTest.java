package dev.backstop.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.IpLiteral;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    // whole octets, and prefixes within one
    "127.0.0.0/8, 127.255.255.255, true",
    "127.0.0.0/8, 128.0.0.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "10.0.0.0/7, 11.1.2.3, true",
    // IPv6
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    // never across families; an IPv4-mapped address is IPv4
    "::/1, 127.0.0.1, false",
    "127.0.0.0/8, ::1, false",
    "127.0.0.0/8, ::ffff:127.0.0.1, true",
  })
  void containsTheAddressesWithItsPrefix(String network, String address, boolean contained) {
    assertThat(Network.parse(network).contains(IpLiteral.parse(address))).isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.0/24", "0.0.0.0/1", "10.0.0.1/32"})
  void rendersWhatItRead(String text) {
    assertThat(Network.parse(text)).hasToString(text);
  }
}
