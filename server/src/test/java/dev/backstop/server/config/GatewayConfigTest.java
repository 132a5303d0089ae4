package dev.backstop.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.smtp.content.LineEnds;
import dev.backstop.edge.smtp.nexthop.NextHop;
import dev.backstop.edge.smtp.nexthop.NextHop.Identify;
import dev.backstop.edge.smtp.nexthop.NextHop.TlsPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {
  private static final Path FILE = Path.of("/etc/backstop/backstop.toml");

  private static Gateway read(String toml) throws ConfigException {
    return ConfigReader.parse(toml, FILE).gateway();
  }

  @Test
  void closedByDefault() throws ConfigException {
    Gateway gateway = read("");
    assertThat(gateway.isOpen()).isFalse();
    assertThat(gateway.listen()).containsExactly(ListenAddress.parse("127.0.0.1:2525"));
    assertThat(gateway.nextHop()).isEmpty();
    assertThat(gateway.outgoingNextHop()).isEmpty();
    assertThat(gateway.nextHopTls()).isEqualTo(TlsPolicy.MAY);
    assertThat(gateway.identifyClient()).isEqualTo(Identify.AUTO);
    assertThat(gateway.proxies()).isEmpty();
    assertThat(gateway.certificate()).isEmpty();
    assertThat(gateway.key()).isEmpty();
    assertThat(gateway.clientCertificates()).isEmpty();
    assertThat(gateway.auth()).isFalse();
    assertThat(gateway.lineEnds()).isEqualTo(LineEnds.REFUSE);
    assertThat(gateway.maxMessageSize()).isEqualTo(50 << 20);
    assertThat(gateway.maxRecipients()).isEqualTo(1000);
    assertThat(gateway.maxConnections()).isEqualTo(10_000);
    assertThat(gateway.clientLimits()).isEqualTo(new Gateway.ClientLimits(50, 300, 600, 60));
  }

  @Test
  void everythingSetOtherwiseAndWrittenBack() throws ConfigException {
    String toml =
        """
        [gateway]
        listen = ["unix:/run/backstop/smtp", "inherited"]
        next-hop = ["127.0.0.1:10025", "lmtp:unix:/run/lmtp"]
        outgoing-next-hop = "relay.example.com"
        next-hop-tls = "verify"
        identify-client = "proxy-v2"
        proxies = ["192.0.2.0/28"]
        certificate = "cert.pem"
        key = "/keys/key.pem"
        client-certificates = ["AB:%s"]
        auth = true
        line-ends = "repair"
        max-message-size = "1MiB"
        max-recipients = 100
        max-connections = 5
        max-connections-per-client = 1
        max-connection-rate = 2
        max-message-rate = 3
        max-refusal-rate = 0
        """
            .formatted("CD".repeat(31));
    Gateway gateway = read(toml);
    assertThat(gateway)
        .isEqualTo(
            new Gateway(
                List.of(
                    ListenAddress.parse("unix:/run/backstop/smtp"),
                    ListenAddress.parse("inherited")),
                List.of(
                    NextHop.parse("127.0.0.1:10025", TlsPolicy.VERIFY, Identify.PROXY_V2),
                    NextHop.parse("lmtp:unix:/run/lmtp", TlsPolicy.VERIFY, Identify.PROXY_V2)),
                List.of(NextHop.parse("relay.example.com:25", TlsPolicy.VERIFY, Identify.NONE)),
                TlsPolicy.VERIFY,
                Identify.PROXY_V2,
                List.of(Network.parse("192.0.2.0/28")),
                Optional.of(Path.of("/etc/backstop/cert.pem")),
                Optional.of(Path.of("/keys/key.pem")),
                List.of("ab" + "cd".repeat(31)),
                true,
                LineEnds.REPAIR,
                1 << 20,
                100,
                5,
                new Gateway.ClientLimits(1, 2, 3, 0)));
    assertThat(gateway.isOpen()).isTrue();
    assertThat(read(ConfigText.render(ConfigReader.parse(toml, FILE)))).isEqualTo(gateway);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gateway.next-hop = "127.0.0.1:0"              | gateway.next-hop             | not a number from 1 to 65535
          gateway.next-hop = "a b"                      | gateway.next-hop             | not a host name or address
          gateway.next-hop-tls = "always"               | gateway.next-hop-tls         | must be one of
          gateway.certificate = "cert.pem"              | gateway.certificate          | needs key beside it
          gateway.key = "key.pem"                       | gateway.key                  | needs certificate beside it
          gateway.client-certificates = ["ab:cd"]       | gateway.client-certificates[0] | SHA-256 fingerprint
          gateway.max-message-size = "1KiB"             | gateway.max-message-size     | must be from 64KiB
          gateway.proxies = ["192.0.2.1/24"]            | gateway.proxies[0]           | bits set after the prefix
          gateway.proxies = ["0.0.0.0/0"]               | gateway.proxies[0]           | strangers
          gateway.line-ends = "ignore"                  | gateway.line-ends            | must be one of "refuse", "repair"
          gateway.max-connections = 0                   | gateway.max-connections      | must be a whole number from 1
          networks = ["0.0.0.0/1"]                      | networks[0]                  | all mail of the world
          networks = ["2000::/3"]                       | networks[0]                  | all mail of the world
          """)
  void whatIsWrongWithIt(String line, String key, String reason) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOfSatisfying(
            ConfigException.class,
            wrong -> {
              assertThat(wrong.problems()).hasSize(1);
              assertThat(wrong.problems().getFirst().key()).isEqualTo(key);
              assertThat(wrong.problems().getFirst().reason()).contains(reason);
            });
  }

  @Test
  void anAddressThatAnotherDoorHasIsTaken() {
    assertThatThrownBy(
            () -> read("[gateway]\nnext-hop = \"127.0.0.1:25\"\nlisten = \"127.0.0.1:8891\""))
        .hasMessageContaining("is taken by milter.listen");
  }

  @Test
  void theWholeOfOurOwnAddressesMayBeOurs() throws ConfigException {
    assertThat(ConfigReader.parse("networks = [\"10.0.0.0/8\", \"fc00::/7\"]", FILE).networks())
        .hasSize(2);
  }
}
