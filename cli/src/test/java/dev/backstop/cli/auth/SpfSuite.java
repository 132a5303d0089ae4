package dev.backstop.cli.auth;

import dev.backstop.testkit.dns.Zone;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The openspf suite for RFC 7208, kept outside the project: {@code ../shared} beside it. */
final class SpfSuite {
  /**
   * Cases that ask the same name servers.
   *
   * @param cases by their names: host, helo, mailfrom, result, explanation
   */
  record Scenario(Map<String, Map<?, ?>> cases, Zone zone) {}

  private SpfSuite() {}

  static @Nullable Path file() {
    String set = System.getenv("BACKSTOP_SHARED");
    String root = System.getProperty("backstop.root", ".");
    Path shared = set == null ? Path.of(root, "..", "shared") : Path.of(set);
    Path file = shared.resolve("suites/spf/rfc7208-tests.yml");
    return Files.isRegularFile(file) ? file : null;
  }

  static List<Scenario> read(Path file) throws IOException {
    List<Scenario> scenarios = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(reader)) {
        Map<?, ?> scenario = map(document);
        Map<String, Map<?, ?>> cases = new LinkedHashMap<>();
        map(scenario.get("tests")).forEach((name, test) -> cases.put("" + name, map(test)));
        scenarios.add(new Scenario(cases, zone(map(scenario.get("zonedata")))));
      }
    }
    return scenarios;
  }

  /**
   * As the head of the suite says, a record of type SPF is one of type TXT where a name has none
   * (or says {@code TXT: NONE}: then it has none). TIMEOUT is for the types not listed.
   */
  private static Zone zone(Map<?, ?> names) {
    var zone = new Zone();
    names.forEach((name, value) -> {
      List<?> entries = (List<?>) Objects.requireNonNull(value);
      boolean text = entries.stream().anyMatch(entry -> isOf(entry, "TXT"));
      boolean any = false;
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> record && !(text && isOf(entry, "SPF"))) {
          any |= add(zone, "" + name, record.entrySet().iterator().next());
        }
      }
      if (entries.contains("TIMEOUT") && !any) {
        zone.timeout("" + name);
      }
    });
    return zone;
  }

  private static boolean isOf(Object entry, String type) {
    return entry instanceof Map<?, ?> record && record.containsKey(type);
  }

  private static boolean add(Zone zone, String name, Map.Entry<?, ?> record) {
    Object data = Objects.requireNonNull(record.getValue());
    switch ("" + record.getKey()) {
      case "TXT", "SPF" -> {
        if (data.equals("NONE")) {
          return false;
        }
        List<?> strings = data instanceof List<?> several ? several : List.of(data);
        zone.txt(name, strings.stream().map(String::valueOf).toArray(String[]::new));
      }
      case "A", "AAAA" -> zone.address(name, "" + data);
      case "CNAME" -> zone.cname(name, "" + data);
      case "PTR" -> zone.ptr(address(name), "" + data);
      case "MX" -> {
        List<?> pair = (List<?>) data;
        String host = "" + pair.get(1);
        zone.mx(name, Integer.parseInt("" + pair.get(0)), host.isEmpty() ? "." : host);
      }
      default -> throw new AssertionError("a record of type " + record.getKey());
    }
    return true;
  }

  /** The address whose reverse name this is. */
  private static String address(String reverseName) {
    List<String> labels = Arrays.asList(reverseName.toLowerCase(Locale.ROOT).split("\\.", -1));
    List<String> parts = new ArrayList<>(labels.subList(0, labels.size() - 2));
    Collections.reverse(parts);
    return labels.contains("ip6")
        ? String.join("", parts).replaceAll("(.{4})(?=.)", "$1:")
        : String.join(".", parts);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }
}
