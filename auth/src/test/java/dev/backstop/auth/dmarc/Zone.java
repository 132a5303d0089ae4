package dev.backstop.auth.dmarc;

import dev.backstop.dns.DnsName;
import dev.backstop.testkit.dns.FakeResolver;
import java.util.ArrayList;
import java.util.List;

/**
 * A zone in one line: entries parted by {@code /}, each a name and what stands there. {@code
 * example.com p=reject} is a DMARC record at {@code _dmarc.example.com}, its version added. Others:
 * {@code TXT …} any text there, {@code TIMEOUT}, {@code SERVFAIL}, {@code CNAME name}, all for
 * {@code _dmarc}; {@code HOST}, {@code HOST-TIMEOUT} for the name itself.
 */
final class Zone {
  private Zone() {}

  static FakeResolver of(String zone) {
    var resolver = new FakeResolver();
    for (String entry : zone.split(" / ", -1)) {
      String[] words = entry.strip().split(" ", 2);
      if (words.length == 2) {
        add(resolver, words[0], words[1].strip());
      }
    }
    return resolver;
  }

  private static void add(FakeResolver resolver, String name, String what) {
    String place = "_dmarc." + name;
    String[] words = what.split(" ", 2);
    switch (words[0]) {
      case "TXT" -> resolver.txt(place, words[1]);
      case "TIMEOUT" -> resolver.timeout(place);
      case "SERVFAIL" -> resolver.serverFailure(place);
      case "CNAME" -> resolver.cname(place, "_dmarc." + words[1]);
      case "HOST" -> resolver.address(name, "192.0.2.1");
      case "HOST-TIMEOUT" -> resolver.timeout(name);
      default -> resolver.txt(place, "v=DMARC1; " + what);
    }
  }

  /** The domains whose record was asked for, in order. */
  static List<String> asked(FakeResolver resolver) {
    List<String> names = new ArrayList<>();
    for (String question : resolver.questions()) {
      names.add(question.replace("TXT _dmarc.", ""));
    }
    return names;
  }

  static DnsName name(String text) {
    return DnsName.of(text);
  }
}
