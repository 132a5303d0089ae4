package dev.backstop.auth.spf;

import dev.backstop.dns.ReverseName;
import dev.backstop.testkit.dns.FakeResolver;
import java.net.InetAddress;
import java.util.Random;

/** Zones of a few domains with records of every kind, right and wrong; the same for each seed. */
final class GeneratedZone {
  private static final String[] CLIENTS = {
    "192.0.2.1",
    "192.0.2.2",
    "192.0.2.65",
    "198.51.100.7",
    "203.0.113.200",
    "2001:db8::1",
    "2001:db8::2",
    "2001:db8:1::7",
  };
  private static final String[] LOCAL_PARTS = {"anna", "bob", "strong-bad", "a+b", "joe.doe"};
  private static final int DOMAINS = 8;

  private final Random random;
  private FakeResolver resolver = new FakeResolver();

  GeneratedZone(long seed) {
    random = new Random(seed);
  }

  /** The zone as it is now. */
  FakeResolver resolver() {
    return resolver;
  }

  InetAddress client() {
    return InetAddress.ofLiteral(pick(CLIENTS));
  }

  String localPart() {
    return pick(LOCAL_PARTS);
  }

  String domain() {
    return "d" + random.nextInt(DOMAINS) + ".example.com";
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** Forgets the last zone and makes another. */
  void next() {
    resolver = new FakeResolver();
    for (int i = 0; i < DOMAINS; i++) {
      fill("d" + i + ".example.com");
    }
    for (String client : CLIENTS) {
      if (oneIn(20)) {
        resolver.timeout(ReverseName.of(InetAddress.ofLiteral(client)).text());
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        resolver.ptr(client, pick(domain(), "host." + domain(), "elsewhere.example"));
      }
    }
    for (String user : LOCAL_PARTS) {
      if (oneIn(3)) {
        resolver.address(user + "._users.example.com", "127.0.0.2");
      }
    }
  }

  private void fill(String domain) {
    if (oneIn(25)) {
      resolver.timeout(domain);
      return;
    }
    if (!oneIn(12)) {
      resolver.txt(domain, record());
    }
    if (oneIn(40)) {
      resolver.txt(domain, record());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      resolver.address(domain, pick(CLIENTS));
      resolver.address("host." + domain, pick(CLIENTS));
      resolver.mx(domain, random.nextInt(3) * 10, pick(domain(), "host." + domain(), "."));
    }
  }

  String record() {
    var text = new StringBuilder("v=spf1");
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(oneIn(8) ? "  " : " ").append(term());
    }
    if (oneIn(6)) {
      text.append(" redirect=").append(oneIn(6) ? wrongDomain() : target());
    }
    if (!oneIn(4)) {
      text.append(pick(" -all", " ~all", " ?all", " +all", " all", " -ALL"));
    }
    if (oneIn(8)) {
      text.append(pick(" exp=why.example.com", " x=y", " default=deny", " redirect=x.example.com"));
    }
    return text.append(oneIn(9) ? " " : "").toString();
  }

  private String term() {
    String qualifier = oneIn(3) ? pick("+", "-", "~", "?") : "";
    return oneIn(40) ? wrong() : qualifier + mechanism();
  }

  private String mechanism() {
    return switch (random.nextInt(9)) {
      case 0 -> "include:" + target();
      case 1 -> pick("a", "a:" + target(), "A:host." + domain()) + lengths();
      case 2 -> pick("mx", "mx:" + target()) + lengths();
      case 3 -> pick("ptr", "ptr:" + domain(), "ptr:example.com");
      case 4 -> "exists:" + pick("%{l}._users.example.com", "%{l1r-}._users.%{d2}", target());
      case 5, 6 ->
          "ip4:"
              + pick("192.0.2.1", "192.0.2.0/24", "198.51.100.7/31", "0.0.0.0/0", "192.0.2.64/26");
      default ->
          "ip6:"
              + pick("2001:db8::1", "2001:db8::/32", "2001:DB8:1::/48", "::/0", "2001:db8::/127");
    };
  }

  private String lengths() {
    return pick("", "", "", "/24", "//64", "/26//127", "/0", "//0", "/32//128");
  }

  private String target() {
    return pick(
        domain(),
        domain(),
        domain(),
        "host." + domain(),
        "no" + random.nextInt(9) + ".example.com",
        "%{o}",
        "%{d}",
        "host.%{o}",
        "%{h}",
        "%{p}",
        "%{d3}",
        "%{ir}.%{v}.example.com");
  }

  private String wrongDomain() {
    return pick(
        "museum", "a..example.com", "%{x}", "", "example.-com", "b".repeat(64) + ".example.com");
  }

  private String wrong() {
    return pick(
        "ip4:192.0.2",
        "ip4:192.0.2.1/33",
        "ip6:2001:db8::/129",
        "ip6:192.0.2.1",
        "a/33",
        "moo",
        "all:x",
        "include",
        "exists",
        "-redirect=x.example.com",
        "1up=x",
        "a:" + wrongDomain(),
        "include:" + wrongDomain(),
        "exists:" + wrongDomain(),
        "ptr/24",
        "a:%{d",
        "x=%a");
  }
}
