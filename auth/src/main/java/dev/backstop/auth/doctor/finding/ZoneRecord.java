package dev.backstop.auth.doctor.finding;

import dev.backstop.dns.DnsName;
import dev.backstop.dns.MailExchanger;
import java.util.ArrayList;
import java.util.List;

/**
 * A record as it stands in a zone.
 *
 * @param value of a TXT record its strings joined, one character for each octet; of the others as
 *     in a zone file, names with their final dot
 */
public record ZoneRecord(DnsName name, RecordType type, String value) {
  /** A string begins with its length in one octet (RFC 1035 §3.3). */
  private static final int MAX_STRING = 255;

  /** The value of an MX record; the Null MX for one without host (RFC 7505 §3). */
  public static String value(MailExchanger exchanger) {
    return exchanger.preference() + " " + exchanger.host().map(ZoneRecord::value).orElse(".");
  }

  /** A name as value. */
  public static String value(DnsName name) {
    return escaped(name.text(), "\"\\;()@$ ") + ".";
  }

  /**
   * The record for a zone file (RFC 1035 §5.1): one line, or one for each string of 255 octets, in
   * brackets.
   */
  public List<String> zone() {
    String start = value(name) + " IN " + type + " ";
    if (type != RecordType.TXT) {
      return List.of(start + value);
    }
    List<String> strings = strings();
    if (strings.size() == 1) {
      return List.of(start + strings.getFirst());
    }
    List<String> lines = new ArrayList<>(strings);
    lines.addFirst(start + "(");
    lines.add(")");
    return lines;
  }

  private List<String> strings() {
    List<String> strings = new ArrayList<>();
    for (int at = 0; at == 0 || at < value.length(); at += MAX_STRING) {
      String string = value.substring(at, Math.min(value.length(), at + MAX_STRING));
      strings.add('"' + escaped(string, "\"\\") + '"');
    }
    return strings;
  }

  /** RFC 1035 §5.1: a backslash before what has a meaning, three decimal digits for the rest. */
  private static String escaped(String text, String special) {
    var escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (special.indexOf(c) >= 0) {
        escaped.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        escaped.append(c);
      } else {
        Shown.octet(escaped, c);
      }
    }
    return escaped.toString();
  }
}
