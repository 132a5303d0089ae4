package dev.backstop.auth.doctor.finding;

import dev.backstop.dns.DnsName;
import java.util.List;

/** What stands in DNS, made fit for a sentence: printable, and not longer than one can read. */
public final class Shown {
  private static final int MAX_TEXT = 120;
  private static final int MAX_LISTED = 8;

  private Shown() {}

  /** In quotation marks, what is not printable as {@code \DDD} (RFC 1035 §5.1). */
  public static String quoted(String text) {
    return '“' + plain(text) + '”';
  }

  /** The same without quotation marks. */
  public static String plain(String text) {
    boolean cut = text.length() > MAX_TEXT;
    return printable(cut ? text.substring(0, MAX_TEXT) : text) + (cut ? "…" : "");
  }

  /** The whole text with {@code \\DDD} for what is not printable. */
  public static String printable(String text) {
    var shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        shown.append(c);
      } else {
        octet(shown, c);
      }
    }
    return shown.toString();
  }

  static void octet(StringBuilder text, char c) {
    text.append('\\').append("%03d".formatted((int) c));
  }

  /** A name; strangers may put any character into theirs. */
  public static String name(DnsName name) {
    return plain(name.text());
  }

  /** {@code a, b and c}; beyond {@value #MAX_LISTED} only how many there are. */
  public static String list(List<String> items) {
    if (items.size() > MAX_LISTED) {
      int more = items.size() - MAX_LISTED + 1;
      return String.join(", ", items.subList(0, MAX_LISTED - 1)) + " and " + more + " more";
    }
    int last = items.size() - 1;
    return last < 1
        ? String.join("", items)
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  /** {@code 1 lookup}, {@code 3 lookups}. */
  public static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
