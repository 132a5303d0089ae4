package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.server.keys.KeyFile;
import dev.backstop.store.ReporterCount;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Beside a store that is open for writing, as that of a running server is. */
class BackscatterersCommandTest {
  private static final String LISTED = "127.0.0.2:Known here for answering forged mail: $";

  @TempDir Path folder;
  private Store running;
  private String said = "";

  @BeforeEach
  void aRunningServer() throws Exception {
    Path data = folder.resolve("data");
    byte[] key =
        new KeyFile(data).loadOrCreate(new SecureRandom(), InstantSource.system()).journal();
    running = Store.open(data, key, StoreSettings.DEFAULTS, InstantSource.system());
    running
        .reporters()
        .save(
            List.of(
                count("192.0.2.7", "mx.example.net", 40, 0),
                count("192.0.2.8", "", 6, 0),
                count("192.0.2.9", "", 2, 0),
                count("198.51.100.1", "mail.provider.example", 90, 60),
                count("2001:db8:1:2::/64", "six.example.net", 12, 1),
                count("203.0.113.1", "faded.example", 0.02, 0)),
            List.of());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void hostsAreShownTheWorstFirst() throws Exception {
    assertThat(run("backscatterers")).isZero();
    List<String> lines = said.lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).startsWith("host  ").contains("false", "genuine", "share", "listed");
    assertThat(lines.get(1))
        .matches("198\\.51\\.100\\.1 +90\\.0 +60\\.0 +60%  .* no +mail\\.provider\\.example");
    assertThat(lines.get(2)).matches("192\\.0\\.2\\.7 +40\\.0 +0\\.0 +100%  .* yes +mx.*");
    assertThat(lines.get(3)).startsWith("2001:db8:1:2::/64 ").contains(" yes ");
    assertThat(lines.get(5)).startsWith("192.0.2.9 ").contains(" no");
  }

  @Test
  void jsonIsOneObjectALine() throws Exception {
    assertThat(run("backscatterers", "--json")).isZero();
    List<JsonNode> hosts = new ArrayList<>();
    for (String line : said.lines().toList()) {
      hosts.add(JsonMapper.builder().build().readTree(line));
    }
    assertThat(hosts).hasSize(5);
    JsonNode worst = hosts.get(1);
    assertThat(worst.get("host").stringValue()).isEqualTo("192.0.2.7");
    assertThat(worst.get("name").stringValue()).isEqualTo("mx.example.net");
    assertThat(worst.get("false").doubleValue()).isBetween(39.9, 40.0);
    assertThat(worst.get("genuine").doubleValue()).isZero();
    assertThat(worst.get("share").doubleValue()).isEqualTo(1);
    assertThat(Instant.parse(worst.get("last").stringValue())).isBefore(Instant.now());
    assertThat(worst.get("listed").booleanValue()).isTrue();
    assertThat(hosts.get(3).get("name").isNull()).isTrue();
  }

  @Test
  void networksAddTheirHostsUp() throws Exception {
    assertThat(run("backscatterers", "--networks", "--json")).isZero();
    assertThat(said)
        .contains("\"network\":\"192.0.2.0/24\",\"hosts\":3")
        .contains("\"network\":\"2001:db8:1::/48\",\"hosts\":1")
        .doesNotContain("\"name\"");
    assertThat(run("backscatterers", "--networks")).isZero();
    assertThat(said.lines().toList().get(2)).matches("192\\.0\\.2\\.0/24 .* yes +3 hosts");
  }

  @Test
  void theExportHasTheListedHosts() throws Exception {
    assertThat(run("backscatterers", "export", "--format", "postfix")).isZero();
    assertThat(entries())
        .containsExactly(
            "192.0.2.7/32\tbackscatterer",
            "192.0.2.8/32\tbackscatterer",
            "2001:db8:1:2::/64\tbackscatterer");
    assertThat(run("backscatterers", "export", "--format", "text", "--least", "7")).isZero();
    assertThat(entries()).containsExactly("192.0.2.7", "2001:db8:1:2::/64");
    assertThat(run("backscatterers", "export", "--format", "text", "--networks")).isZero();
    assertThat(entries()).containsExactly("192.0.2.0/24", "2001:db8:1:2::/64");
    assertThat(run("backscatterers", "export", "--format", "RBLDNSD")).isZero();
    assertThat(entries()).contains(":" + LISTED, "192.0.2.7", "$DATASET ip6trie:hosts6 @");
  }

  @Test
  void anExportToAFileReplacesItAsAWhole() throws Exception {
    Path file = Files.writeString(folder.resolve("list"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(export(link)).isZero();
    assertThat(said).isEqualTo("3 entries in " + link + System.lineSeparator());
    assertThat(file).content().endsWith("192.0.2.7\n192.0.2.8\n2001:db8:1:2::/64\n");
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("list.new")).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenIsSaid() throws Exception {
    assertThat(export(folder.resolve("no/such/folder"))).isEqualTo(73);
    assertThat(said).contains("cannot write");
    assertThat(export(folder)).as("a folder").isEqualTo(73);
    assertThat(export(Path.of("/dev/null"))).as("a device").isEqualTo(73);
    assertThat(said).contains("not a regular file");
  }

  @Test
  void wrongUsageIsSaid() throws Exception {
    assertThat(run("backscatterers", "export")).isEqualTo(64);
    assertThat(run("backscatterers", "export", "--format", "xml")).isEqualTo(64);
    assertThat(run("backscatterers", "export", "--format", "text", "--least", "0")).isEqualTo(64);
  }

  @Test
  void withoutAStoreTheOldFileStays() throws Exception {
    Path file = Files.writeString(folder.resolve("list"), "old");
    said = "";
    var out = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(out),
            "backscatterers",
            "export",
            "--format=text",
            "--output=" + file,
            "--data=" + folder.resolve("nothing"));
    assertThat(status).isEqualTo(73);
    assertThat(file).hasContent("old");
  }

  private int export(Path file) {
    return run("backscatterers", "export", "--format", "text", "--output", file.toString());
  }

  private List<String> entries() {
    return said.lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static ReporterCount count(String host, String name, double backscatter, double genuine) {
    return new ReporterCount(host, name, backscatter, genuine, Instant.now());
  }

  private int run(String... args) {
    var all = new ArrayList<>(List.of(args));
    all.add("--data");
    all.add(folder.resolve("data").toString());
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    int status = Main.run(writer, writer, all.toArray(String[]::new));
    writer.flush();
    said = out.toString();
    return status;
  }
}
