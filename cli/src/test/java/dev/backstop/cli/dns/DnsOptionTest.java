package dev.backstop.cli.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.dns.NameServers;
import dev.backstop.server.config.Dns;
import dev.backstop.server.config.NameServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class DnsOptionTest {
  private static final Dns CONFIGURED =
      new Dns(List.of(NameServer.parse("192.0.2.1")), Duration.ofSeconds(3));
  private static final Dns EMPTY = new Dns(List.of(), Duration.ofSeconds(30));

  @Command
  private static final class AnyCommand {
    @Mixin private final DnsOption dns = new DnsOption();
  }

  private static DnsOption parsed(String... arguments) {
    var command = new AnyCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.dns;
  }

  private static List<String> asked(DnsOption option, Dns configured) {
    return option.settings(configured).servers().addresses().stream()
        .map(InetSocketAddress::toString)
        .toList();
  }

  @Test
  void theOptionComesBeforeTheConfigurationAndThatBeforeTheSystem() {
    assertThat(asked(parsed("--dns", "192.0.2.9:5353", "--dns", "[2001:db8::9]:53"), CONFIGURED))
        .containsExactly("/192.0.2.9:5353", "/[2001:db8:0:0:0:0:0:9]:53");
    assertThat(asked(parsed(), CONFIGURED)).containsExactly("/192.0.2.1:53");
    assertThat(parsed().settings(EMPTY).servers()).isEqualTo(NameServers.ofSystem());
  }

  @Test
  void theTimeOutOfTheConfigurationHolds() {
    assertThat(parsed().settings(CONFIGURED).tryTime()).isEqualTo(Duration.ofSeconds(3));
    assertThat(parsed("--dns", "192.0.2.9").settings(CONFIGURED).tryTime())
        .isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ns.example.com", "192.0.2.1:0", "192.0.2.1:dns", "", "2001:db8::1]:53"})
  void anythingButAnAddressIsWrongUsage(String server) {
    assertThatThrownBy(() -> parsed("--dns", server))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("is no name server");
  }
}
