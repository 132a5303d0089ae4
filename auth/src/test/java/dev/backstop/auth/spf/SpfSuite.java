package dev.backstop.auth.spf;

import dev.backstop.mail.address.IpLiteral;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.testkit.dns.FakeResolver;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The openspf suite for RFC 7208, kept outside the project: {@code ../shared} beside it, or where
 * {@code BACKSTOP_SHARED} says. Tests that judge by it are skipped without it.
 */
final class SpfSuite {
  /**
   * One check.
   *
   * @param results that are right, the preferred one first
   * @param explanation {@code DEFAULT} for the receiver's own words; {@code null} when not tested
   */
  record Case(
      String name,
      InetAddress client,
      String helo,
      ReversePath sender,
      List<String> results,
      @Nullable String explanation,
      FakeResolver resolver) {}

  private SpfSuite() {}

  static @Nullable Path file() {
    String set = System.getenv("BACKSTOP_SHARED");
    String root = System.getProperty("backstop.root", ".");
    Path shared = set == null ? Path.of(root, "..", "shared") : Path.of(set);
    Path file = shared.resolve("suites/spf/rfc7208-tests.yml");
    return Files.isRegularFile(file) ? file : null;
  }

  static List<Case> cases(Path file) throws IOException {
    var cases = new ArrayList<Case>();
    try (Reader reader = Files.newBufferedReader(file)) {
      var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      for (Object document : yaml.loadAll(reader)) {
        Map<?, ?> scenario = map(document);
        FakeResolver resolver = zone(map(scenario.get("zonedata")));
        map(scenario.get("tests"))
            .forEach((name, test) -> cases.add(read(String.valueOf(name), map(test), resolver)));
      }
    }
    return cases;
  }

  private static Case read(String name, Map<?, ?> test, FakeResolver resolver) {
    Object result = test.get("result");
    List<String> results =
        result instanceof List<?> several
            ? several.stream().map(String::valueOf).toList()
            : List.of(String.valueOf(result));
    Object explanation = test.get("explanation");
    return new Case(
        name,
        IpLiteral.parse(String.valueOf(test.get("host"))),
        String.valueOf(test.get("helo")),
        sender(String.valueOf(test.get("mailfrom"))),
        results,
        explanation == null ? null : String.valueOf(explanation),
        resolver);
  }

  /** Some have a blank, or no local part: not what MAIL FROM lets through. */
  private static ReversePath sender(String mailFrom) {
    int at = mailFrom.lastIndexOf('@');
    return mailFrom.isEmpty()
        ? NullReversePath.INSTANCE
        : new Mailbox(mailFrom.substring(0, at), mailFrom.substring(at + 1));
  }

  /**
   * A zone. As the head of the suite says, a record of type SPF is one of type TXT where a name has
   * none (or says {@code TXT: NONE}: then it has none). TIMEOUT is for the types not listed.
   */
  private static FakeResolver zone(Map<?, ?> zone) {
    var resolver = new FakeResolver();
    zone.forEach((key, value) -> {
      String name = String.valueOf(key);
      List<?> entries = (List<?>) Objects.requireNonNull(value);
      boolean hasTxt = entries.stream().anyMatch(entry -> isOf(entry, "TXT"));
      boolean answers = false;
      for (Object entry : entries) {
        answers |= add(resolver, name, entry, hasTxt);
      }
      if (entries.contains("TIMEOUT") && !answers) {
        resolver.timeout(name);
      }
    });
    return resolver;
  }

  private static boolean isOf(Object entry, String type) {
    return entry instanceof Map<?, ?> record && record.containsKey(type);
  }

  private static boolean add(FakeResolver resolver, String name, Object entry, boolean hasTxt) {
    if (!(entry instanceof Map<?, ?> record)) {
      return false;
    }
    String type = String.valueOf(record.keySet().iterator().next());
    Object data = record.values().iterator().next();
    switch (type) {
      case "TXT" -> {
        if ("NONE".equals(data)) {
          return false;
        }
        resolver.txt(name, strings(data));
      }
      case "SPF" -> {
        if (hasTxt) {
          return false;
        }
        resolver.txt(name, strings(data));
      }
      case "A", "AAAA" -> resolver.address(name, String.valueOf(data));
      case "CNAME" -> resolver.cname(name, String.valueOf(data));
      case "PTR" -> resolver.ptr(address(name), String.valueOf(data));
      case "MX" -> {
        List<?> pair = (List<?>) Objects.requireNonNull(data);
        String host = String.valueOf(pair.get(1));
        resolver.mx(
            name, (Integer) Objects.requireNonNull(pair.get(0)), host.isEmpty() ? "." : host);
      }
      default -> throw new AssertionError("a record of type " + type);
    }
    return true;
  }

  private static String[] strings(Object data) {
    return data instanceof List<?> several
        ? several.stream().map(String::valueOf).toArray(String[]::new)
        : new String[] {String.valueOf(data)};
  }

  /** The address whose reverse name this is. */
  static String address(String reverseName) {
    List<String> labels =
        new ArrayList<>(List.of(reverseName.toLowerCase(Locale.ROOT).split("\\.")));
    List<String> parts = labels.subList(0, labels.size() - 2);
    Collections.reverse(parts);
    return labels.contains("ip6")
        ? String.join("", parts).replaceAll("(.{4})(?=.)", "$1:")
        : String.join(".", parts);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }
}
