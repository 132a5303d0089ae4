package dev.backstop.cli.keys.dkim;

import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.ZoneText;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Prints keys under their domains, one line each. */
final class KeyLines {
  private final PrintWriter out;
  private @Nullable DnsName last;

  KeyLines(PrintWriter out) {
    this.out = out;
  }

  /** One key; the domain before it, when it is another than that of the key before. */
  void line(DkimKey key, String what) {
    if (!key.domain().equals(last)) {
      out.println(key.domain());
      last = key.domain();
    }
    out.printf("  %-14s %-8s  %s%n", key.selector(), key.strength(), what);
  }

  /** The record of the key above, in both forms in which it may be needed. */
  void record(DkimKey key) {
    out.println("    For a zone file:");
    ZoneText.render(key.recordName(), key.record())
        .lines()
        .forEach(line -> out.println("      " + line));
    out.println("    For a web form, type TXT:");
    out.println("      name   " + key.recordName());
    out.println("      value  " + key.record());
  }
}
