package dev.backstop.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manual and the example say what the reader does. */
class ConfigDocumentationTest {
  private static final Path DOCS = Path.of(System.getProperty("backstop.root", ".."), "docs");

  /** Keys that are absent when nothing is written: the example shows one possible value. */
  private static final List<String> NO_DEFAULT =
      List.of(
          "data",
          "name",
          "webhook",
          "webhook-secret-file",
          "authorities",
          "bind-dn",
          "password-file",
          "base",
          "url",
          "user",
          "query",
          "server",
          "certificate",
          "key");

  @Test
  void everyKeyHasARowInTheManualAndEveryRowAKey() throws IOException {
    List<String> documented =
        Files.readAllLines(DOCS.resolve("configuration.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(valueKeys());
  }

  @Test
  void theExampleIsGood() throws Exception {
    BackstopConfig config = ConfigReader.read(DOCS.resolve("backstop.toml"));
    assertThat(config.warnings()).isEmpty();
    assertThat(config.domains()).containsOnlyKeys("example.com", "example.org");
  }

  @Test
  void theExampleShowsTheDefaults() throws Exception {
    String text =
        Files.readAllLines(DOCS.resolve("backstop.toml")).stream()
            .filter(line -> line.startsWith("[") || line.matches("# [a-z-]+ = .*"))
            .map(line -> line.startsWith("[") ? line : line.substring(2))
            .filter(line -> !NO_DEFAULT.contains(line.replaceAll(" = .*", "")))
            .collect(
                Collectors.joining("\n", "domains = [\"example.org\", \"example.com\"]\n", ""));
    assertThat(ConfigReader.parse(text, Path.of("backstop.toml")))
        .usingRecursiveComparison()
        .ignoringFields("addresses") // the table alone makes an address
        .isEqualTo(
            ConfigReader.parse(
                "domains = [\"example.org\", \"example.com\"]", Path.of("backstop.toml")));
    assertThat(text)
        .contains(
            valueKeys().stream()
                .filter(key -> key.contains("."))
                .map(ConfigDocumentationTest::last)
                .filter(key -> !List.of("except", "mode").contains(key))
                .filter(key -> !NO_DEFAULT.contains(key))
                .toList());
  }

  private static List<String> valueKeys() {
    List<String> tables =
        List.of(
            "domain",
            "domain.*",
            "domain.\"*\"",
            "address",
            "address.*",
            "address.\"*\"",
            "answers",
            "tagging",
            "journal",
            "events",
            "dns",
            "auth",
            "dmarc",
            "backscatterers",
            "attacks",
            "recipients",
            "recipients.ldap",
            "recipients.sql",
            "recipients.call-out",
            "milter",
            "gateway",
            "table",
            "web");
    return ConfigReader.keys().stream()
        .filter(key -> !tables.contains(key))
        .map(key -> key.replace("\"*\"", "*"))
        .toList();
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
