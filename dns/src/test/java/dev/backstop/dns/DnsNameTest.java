package dev.backstop.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsNameTest {

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "Example.COM., example.com",
    "com, com",
    "_dmarc.example.com, _dmarc.example.com",
    "bücher.example, xn--bcher-kva.example",
    "a b.example, a b.example",
  })
  void names(String written, String name) {
    assertThat(DnsName.parse(written)).contains(new DnsName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", ".a", "a..", "\u3002", "\uD800.example"})
  void notNames(String written) {
    assertThat(DnsName.parse(written)).isEmpty();
  }

  @Test
  void bounds() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertThat(DnsName.parse(longest)).isPresent();
    assertThat(DnsName.parse(longest + "a")).isEmpty();
    assertThat(DnsName.parse("a" + label + ".example")).isEmpty();
    assertThat(DnsName.of(longest).under("_dmarc")).isEmpty();
  }

  @Test
  void octetsOfAPacket() {
    byte[] wire = {3, 'a', ' ', '\\', 1, 'B', 0};
    assertThat(DnsName.of("a \\.b").wire()).isEqualTo(new byte[] {3, 'a', ' ', '\\', 1, 'b', 0});
    assertThat(DnsName.ofWire(wire)).contains(DnsName.of("a \\.b"));
    // The root, cut ones, a pointer, a dot, an octet outside of ASCII.
    for (byte[] none :
        new byte[][] {
          {0}, {}, {1}, {1, 'a'}, {2, 'a', 0}, {(byte) 0xc0, 12}, {1, '.', 0}, {1, (byte) 0xe4, 0}
        }) {
      assertThat(DnsName.ofWire(none)).isEmpty();
    }
  }

  @Test
  void family() {
    DnsName name = DnsName.of("a.b.example.com");
    assertThat(name.labels()).isEqualTo(4);
    assertThat(name.parent()).contains(DnsName.of("b.example.com"));
    assertThat(DnsName.of("com").parent()).isEmpty();
    assertThat(name.isWithin(DnsName.of("example.com"))).isTrue();
    assertThat(name.isWithin(name)).isTrue();
    assertThat(DnsName.of("badexample.com").isWithin(DnsName.of("example.com"))).isFalse();
    assertThat(name.under("_dmarc")).contains(DnsName.of("_dmarc.a.b.example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 1.2.0.192.in-addr.arpa",
    "2001:db8::567:89ab,"
        + " b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
  })
  void reverseNames(String address, String name) {
    assertThat(ReverseName.of(InetAddress.ofLiteral(address))).isEqualTo(new DnsName(name));
  }

  /** ::ffff:192.0.2.1 as an IPv6 socket shows an IPv4 peer. */
  @Test
  void reverseNameOfAMappedAddress() throws UnknownHostException {
    byte[] octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 255, (byte) 255, (byte) 192, 0, 2, 1};
    InetAddress mapped = Inet6Address.getByAddress(null, octets, -1);
    assertThat(ReverseName.of(mapped)).isEqualTo(new DnsName("1.2.0.192.in-addr.arpa"));
    assertThat(ReverseName.reversed(mapped)).isEqualTo("1.2.0.192");
    octets[0] = 1;
    assertThat(ReverseName.of(Inet6Address.getByAddress(null, octets, -1)).text())
        .endsWith(".0.0.1.0.ip6.arpa");
  }

  @FuzzTest(maxDuration = "60s")
  void whatParsesParsesAgain(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    DnsName.parse(text).ifPresent(name -> assertThat(DnsName.parse(name.text())).contains(name));
    DnsName.parse(text).ifPresent(name -> assertThat(DnsName.ofWire(name.wire())).contains(name));
    DnsName.ofWire(bytes).ifPresent(name -> assertThat(DnsName.ofWire(name.wire())).contains(name));
  }
}
