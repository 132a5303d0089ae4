package dev.backstop.server.backscatterers.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.IpLiteral;
import dev.backstop.server.backscatterers.Block;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListFormatTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final List<Block> BLOCKS =
      Stream.of("192.0.2.7", "2001:db8:1:2::3")
          .map(IpLiteral::parse)
          .map(Block::host)
          .flatMap(host -> Stream.of(host, host.network()))
          .sorted()
          .toList();
  private static final String HEAD =
      """
      # Hosts that answer forged mail, as Backstop counted at 2026-03-01T12:00:00Z. Entries: 4.
      # Slight evidence: big providers get listed too. Use it for null senders only, never alone.
      """;

  @Test
  void postfix() {
    assertThat(ListFormat.POSTFIX.render(BLOCKS, AT))
        .isEqualTo(
            HEAD
                + """
                192.0.2.7/32\tbackscatterer
                192.0.2.0/24\tbackscatterer
                2001:db8:1:2::/64\tbackscatterer
                2001:db8:1::/48\tbackscatterer
                """);
  }

  @Test
  void rbldnsd() {
    assertThat(ListFormat.RBLDNSD.render(BLOCKS, AT))
        .isEqualTo(
            HEAD
                + """
                # A zone that others may ask needs these two, with names of yours and without the "# ":
                # $SOA 35m ns1.example.com hostmaster.example.com 0 10m 5m 1d 35m
                # $NS 1h ns1.example.com
                $TTL 35m
                $DATASET ip4set:hosts4 @
                :127.0.0.2:Known here for answering forged mail: $
                127.0.0.2
                192.0.2.7
                192.0.2.0/24
                $DATASET ip6trie:hosts6 @
                :127.0.0.2:Known here for answering forged mail: $
                ::ffff:7f00:2/128
                2001:db8:1:2::/64
                2001:db8:1::/48
                """);
  }

  @Test
  void text() {
    assertThat(ListFormat.TEXT.render(BLOCKS, AT))
        .isEqualTo(HEAD + "192.0.2.7\n192.0.2.0/24\n2001:db8:1:2::/64\n2001:db8:1::/48\n");
  }

  @Test
  void anEmptyListIsAFileToo() {
    for (ListFormat format : ListFormat.values()) {
      assertThat(format.render(List.of(), AT)).contains("Entries: 0.").endsWith("\n");
    }
  }
}
