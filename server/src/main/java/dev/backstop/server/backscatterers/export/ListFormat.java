package dev.backstop.server.backscatterers.export;

import dev.backstop.server.backscatterers.Block;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The forms that a list can be exported in; each is a whole file, its lines ending in LF. */
public enum ListFormat {
  /** A cidr table (cidr_table(5)) for {@code check_client_access}. */
  POSTFIX,
  /** One file for rbldnsd's type {@code combined}, with both families. */
  RBLDNSD,
  /** One host or network a line. */
  TEXT;

  /**
   * Writes it.
   *
   * @param blocks as {@link ListSelection} gives them
   * @param at for the head of the file
   */
  public String render(List<Block> blocks, Instant at) {
    return switch (this) {
      case POSTFIX -> PostfixTable.render(blocks, head(blocks.size(), at));
      case RBLDNSD -> RbldnsdZone.render(blocks, head(blocks.size(), at));
      case TEXT -> head(blocks.size(), at) + lines(blocks);
    };
  }

  private static String head(int count, Instant at) {
    return """
    # Hosts that answer forged mail, as Backstop counted at %s. Entries: %d.
    # Slight evidence: big providers get listed too. Use it for null senders only, never alone.
    """
        .formatted(at.truncatedTo(ChronoUnit.SECONDS), count);
  }

  static String lines(List<Block> blocks) {
    var lines = new StringBuilder(blocks.size() * 20);
    blocks.forEach(block -> lines.append(block).append('\n'));
    return lines.toString();
  }

  /** As written on the command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
