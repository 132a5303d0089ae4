package dev.backstop.server.keys.dkim;

import dev.backstop.dns.DnsName;
import java.util.ArrayList;
import java.util.List;

/** TXT records as a zone file has them (RFC 1035 §5.1). */
public final class ZoneText {
  /** A character string has one octet for its length (RFC 1035 §3.3). */
  private static final int MAX_STRING = 255;

  private ZoneText() {}

  /** The strings of a TXT record, in order. */
  public static List<String> strings(String value) {
    List<String> strings = new ArrayList<>();
    for (int at = 0; at < value.length(); at += MAX_STRING) {
      strings.add(value.substring(at, Math.min(value.length(), at + MAX_STRING)));
    }
    return strings;
  }

  /**
   * One record, over as many lines as it has strings.
   *
   * @param value one character for each octet
   */
  public static String render(DnsName name, String value) {
    List<String> quoted = strings(value).stream().map(ZoneText::quoted).toList();
    return name
        + ". IN TXT "
        + (quoted.size() == 1 ? quoted.getFirst() : "( " + String.join("\n    ", quoted) + " )");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * The value of a record, from the text of a zone file or from the bare value: all quoted strings
   * joined, or the text itself when nothing is quoted.
   */
  public static String value(String text) {
    if (text.indexOf('"') < 0) {
      return text.strip();
    }
    var value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == ';') { // a comment, to the end of the line
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end;
      } else if (quoted) {
        boolean escaped = c == '\\' && i + 1 < text.length();
        value.append(escaped ? text.charAt(++i) : c);
      }
    }
    return value.toString();
  }
}
