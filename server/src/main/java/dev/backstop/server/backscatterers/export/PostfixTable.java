package dev.backstop.server.backscatterers.export;

import dev.backstop.mail.address.IpLiteral;
import dev.backstop.server.backscatterers.Block;
import java.util.List;

/**
 * A table for Postfix. Its answer is the name of a restriction class, so that main.cf says what
 * happens to whom, and not a file that a program writes.
 */
final class PostfixTable {
  static final String CLASS = "backscatterer";

  private PostfixTable() {}

  static String render(List<Block> blocks, String head) {
    var table = new StringBuilder(head);
    for (Block block : blocks) {
      table
          .append(IpLiteral.render(block.address()))
          .append('/')
          .append(block.kind().prefix())
          .append('\t')
          .append(CLASS)
          .append('\n');
    }
    return table.toString();
  }
}
