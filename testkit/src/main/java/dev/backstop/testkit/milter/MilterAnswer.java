package dev.backstop.testkit.milter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One packet of a milter.
 *
 * @param code its command byte
 * @param data what follows
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its description
public record MilterAnswer(char code, byte[] data) {

  /** As it stands in scripts, such as {@code reply 550 5.7.1 no} or {@code change-sender <a@b>}. */
  public String describe() {
    return switch (code) {
      case 'a' -> "accept";
      case 'c' -> "continue";
      case 'd' -> "discard";
      case 'r' -> "reject";
      case 't' -> "tempfail";
      case 's' -> "skip";
      case 'p' -> "progress";
      case 'y' -> "reply " + text(0);
      case 'q' -> "quarantine " + text(0);
      case 'e' -> "change-sender " + text(0);
      case '+' -> "add-recipient " + text(0);
      case '-' -> "delete-recipient " + text(0);
      case 'i' -> "insert-header " + number(0) + " " + text(4);
      case 'm' -> "change-header " + number(0) + " " + text(4);
      case 'O' -> negotiation();
      default -> "unknown " + code;
    };
  }

  /** Strings after that index, the first two with a colon between: name and value of a header. */
  private String text(int from) {
    String all = new String(data, from, data.length - from, StandardCharsets.ISO_8859_1);
    String shown = all.endsWith("\0") ? all.substring(0, all.length() - 1) : all + "(no end)";
    return shown.replace("\0", ":").replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }

  /** The 32-bit number at that index. */
  public int number(int index) {
    return ByteBuffer.wrap(data).getInt(index);
  }

  private String negotiation() {
    var all = new StringBuilder("negotiate ").append(number(0));
    all.append(String.format(Locale.ROOT, " %x %x", number(4), number(8)));
    for (int at = 12; at + 4 < data.length; ) {
      all.append(", macros ").append(number(at)).append(':');
      for (at += 4; data[at] != 0; at++) {
        all.append((char) data[at]);
      }
      at++;
    }
    return all.toString();
  }
}
