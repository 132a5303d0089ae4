package dev.backstop.edge.smtp.nexthop;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An SMTP reply of another server (RFC 5321 §4.2), safe to relay.
 *
 * @param code 200 to 599
 * @param lines at least one, without the code; printable ASCII only: whatever else came is a
 *     question mark
 */
public record HopReply(int code, List<String> lines) {
  /** RFC 5321 §4.5.3.1.5: 512 octets with code, separator and CRLF. */
  private static final int MAX_TEXT = 512 - 6;

  public HopReply {
    if (code < 200 || code > 599 || lines.isEmpty()) {
      throw new IllegalArgumentException("not a reply: " + code);
    }
    lines = lines.stream().map(HopReply::printable).toList();
  }

  private static String printable(String text) {
    var line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(c == '\t' ? ' ' : c >= ' ' && c < 0x7f ? c : '?');
    }
    return line.toString();
  }

  /** 2xx: done. */
  public boolean isPositive() {
    return code / 100 == 2;
  }

  /** 3xx: the server waits for more. */
  public boolean isIntermediate() {
    return code / 100 == 3;
  }

  /** 4xx: not now. */
  public boolean isTemporary() {
    return code / 100 == 4;
  }

  /** 5xx: never. */
  public boolean isPermanent() {
    return code / 100 == 5;
  }

  /** What goes to a client: every line with its code and CRLF, cut at 512 octets. */
  public byte[] octets() {
    var all = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      all.append(code).append(i == lines.size() - 1 ? ' ' : '-');
      all.append(text, 0, Math.min(text.length(), MAX_TEXT)).append("\r\n");
    }
    return all.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** On one line, for logs. */
  @Override
  public String toString() {
    return code + " " + String.join(" / ", lines);
  }
}
