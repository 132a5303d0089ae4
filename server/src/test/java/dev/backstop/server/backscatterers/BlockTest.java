package dev.backstop.server.backscatterers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, 192.0.2.0/24",
    "255.255.255.255, 255.255.255.255, 255.255.255.0/24",
    "0.0.0.1, 0.0.0.1, 0.0.0.0/24",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64, 2001:db8:1::/48",
    "ffff::1, ffff::/64, ffff::/48",
    "::ffff:192.0.2.7, 192.0.2.7, 192.0.2.0/24",
  })
  void anAddressBelongsToAHostAndANetwork(String address, String host, String network) {
    Block block = Block.host(Scene.address(address));
    assertThat(block).hasToString(host);
    assertThat(block.network()).hasToString(network);
    assertThat(block.network().network()).isEqualTo(block.network());
    assertThat(Block.parseHost(host)).contains(block);
    assertThat(Block.host(block.address())).isEqualTo(block);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "192.0.2.0/24", "2001:db8::/48", "2001:db8::1", "192.0.2.256"})
  void whatIsNoHostIsNotRead(String text) {
    assertThat(Block.parseHost(text)).isEmpty();
  }

  @Test
  void theOrderIsThatOfAddresses() {
    assertThat(
            java.util.stream.Stream.of("200.0.0.1", "2001:db8::1", "9.0.0.1", "fd00::", "10.0.0.1")
                .map(Scene::address)
                .map(Block::host)
                .sorted())
        .map(Block::toString)
        .containsExactly("9.0.0.1", "10.0.0.1", "200.0.0.1", "2001:db8::/64", "fd00::/64");
  }
}
