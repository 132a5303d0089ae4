package dev.backstop.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameServersTest {

  private static InetSocketAddress at(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.53, 192.0.2.53, 53",
    "192.0.2.53:5353, 192.0.2.53, 5353",
    "2001:db8::53, 2001:db8::53, 53",
    "[2001:db8::53], 2001:db8::53, 53",
    "[2001:db8::53]:5353, 2001:db8::53, 5353",
  })
  void addresses(String text, String host, int port) {
    assertThat(NameServers.parse(text)).contains(at(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":53",
        "localhost",
        "dns.example:53",
        "192.0.2.53:0",
        "192.0.2.53:65536",
        "192.0.2.53:x",
        "[2001:db8::53",
        "2001:db8::53]",
        "[]",
        "[]:53",
        "[192.0.2.53]:53",
        "[2001:db8::53]x",
        "192.0.2.53 ",
        "-1:53"
      })
  void notAddresses(String text) {
    assertThat(NameServers.parse(text)).isEmpty();
  }

  @Test
  void resolvConf() {
    var servers =
        NameServers.ofResolvConf(
            List.of(
                "# nameserver 192.0.2.1",
                "; nameserver 192.0.2.2",
                "domain example.com",
                "nameserver",
                "nameserver not-an-address",
                "nameserver\t192.0.2.53",
                "  nameserver 2001:db8::53  ",
                "search example.com"));
    assertThat(servers)
        .isEqualTo(new NameServers(List.of(at("192.0.2.53", 53), at("2001:db8::53", 53)), false));
  }

  @Test
  void resolvConfCountsThreeAndTrustsWhenTold() {
    var servers =
        NameServers.ofResolvConf(
            List.of(
                "nameserver 192.0.2.1",
                "nameserver 192.0.2.2",
                "nameserver 192.0.2.3",
                "nameserver 192.0.2.4",
                "options edns0 trust-ad"));
    assertThat(servers.addresses())
        .containsExactly(at("192.0.2.1", 53), at("192.0.2.2", 53), at("192.0.2.3", 53));
    assertThat(servers.trusted()).isTrue();
  }

  @Test
  void withoutAServerItIsThisMachine() {
    assertThat(NameServers.ofResolvConf(List.of()))
        .isEqualTo(new NameServers(List.of(at("127.0.0.1", 53)), false));
  }

  @Test
  void settingsOutOfRange() {
    var servers = new NameServers(List.of(at("127.0.0.1", 53)), true);
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new NameServers(List.of(), true)).hasMessageContaining("no name");
    for (Duration wrong : List.of(Duration.ZERO, second.negated(), Duration.ofMinutes(2))) {
      assertThatThrownBy(() -> new ResolverSettings(servers, wrong, 1, second, 1, 1))
          .hasMessageContaining("time");
      assertThatThrownBy(() -> new ResolverSettings(servers, second, 1, wrong, 1, 1))
          .hasMessageContaining("time");
    }
    assertThatThrownBy(() -> new ResolverSettings(servers, second, 0, second, 1, 1))
        .hasMessageContaining("range");
    assertThatThrownBy(() -> new ResolverSettings(servers, second, 1, second, -1, 1))
        .hasMessageContaining("range");
  }
}
