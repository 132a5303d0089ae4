package dev.backstop.server.backscatterers.export;

import dev.backstop.server.backscatterers.Block;
import java.util.List;

/** A zone for rbldnsd, with the test addresses of RFC 5782 §5. */
final class RbldnsdZone {
  /** What is asked for is put in the place of the dollar sign. */
  private static final String ANSWER = ":127.0.0.2:Known here for answering forged mail: $\n";

  private static final String NAMES =
      """
      # A zone that others may ask needs these two, with names of yours and without the "# ":
      # $SOA 35m ns1.example.com hostmaster.example.com 0 10m 5m 1d 35m
      # $NS 1h ns1.example.com
      $TTL 35m
      """;

  private RbldnsdZone() {}

  static String render(List<Block> blocks, String head) {
    List<Block> four = blocks.stream().filter(block -> block.kind().isFour()).toList();
    List<Block> six = blocks.stream().filter(block -> !block.kind().isFour()).toList();
    return head
        + NAMES
        + "$DATASET ip4set:hosts4 @\n"
        + ANSWER
        + "127.0.0.2\n"
        + ListFormat.lines(four)
        + "$DATASET ip6trie:hosts6 @\n"
        + ANSWER
        + "::ffff:7f00:2/128\n"
        + ListFormat.lines(six);
  }
}
