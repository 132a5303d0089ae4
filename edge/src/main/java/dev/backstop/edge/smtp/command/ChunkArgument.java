package dev.backstop.edge.smtp.command;

import java.util.Optional;

/**
 * The argument of BDAT (RFC 3030 §2).
 *
 * @param size octets that follow, 0 to 999,999,999,999,999,999
 */
public record ChunkArgument(long size, boolean last) {

  /**
   * Reads it; empty when it cannot be read, and then nobody knows where the next command begins.
   */
  public static Optional<ChunkArgument> parse(String argument) {
    String[] words = argument.split(" +", -1);
    boolean number =
        !words[0].isEmpty()
            && words[0].length() <= 18
            && words[0].chars().allMatch(c -> c >= '0' && c <= '9');
    boolean last = words.length == 2 && words[1].equalsIgnoreCase("LAST");
    return number && (words.length == 1 || last)
        ? Optional.of(new ChunkArgument(Long.parseLong(words[0]), last))
        : Optional.empty();
  }
}
