package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.attacks.AttacksCommand;
import dev.backstop.server.attacks.Episode;
import dev.backstop.server.attacks.EpisodeJson;
import dev.backstop.server.attacks.Scope;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.store.EpisodeRow;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code backstop attacks} on the store of a server. */
class AttacksCommandTest {
  private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:03Z");
  private static final Path DOCS = Path.of(System.getProperty("backstop.root", ".."), "docs");
  @TempDir Path folder;
  private Path config;
  private String said = "";

  @BeforeEach
  void anInstallation() throws Exception {
    config = Files.writeString(folder.resolve("backstop.toml"), "domains = [\"example.com\"]\n");
  }

  @Test
  void theStoreOfAServerIsRead() throws Exception {
    save(row(address(BEGAN.plusSeconds(9_999))));
    assertThat(run("attacks")).isZero();
    assertThat(said).as("long ago").isEqualTo("No attacks.\n");
    assertThat(run("attacks", "--all")).isZero();
    assertThat(said).contains("20260301-120019-1", "12,345");
    assertThat(run("attacks", "20260301-120019-1")).isZero();
    assertThat(said).contains("in the name of this address", "mode observe");
    assertThat(run("attacks", "--all", "--json")).isZero();
    assertThat(said.lines()).hasSize(1);
    JsonNode json = JsonMapper.builder().build().readTree(said);
    assertThat(json.path("messages").asLong()).isEqualTo(12_345);
    assertThat(json.path("reporters").get(0).path("name").stringValue())
        .isEqualTo("mx.example.net");
  }

  @Test
  void whatRunsIsListedHoweverOldItIs() throws Exception {
    save(row(address(null)));
    assertThat(run("attacks", "--hours", "1")).isZero();
    assertThat(said).contains("under way");
  }

  @Test
  void failuresHaveTheirStatus() throws Exception {
    assertThat(run("attacks")).isEqualTo(73);
    save(row(address(null)));
    assertThat(run("attacks", "20200101-000000-1")).isEqualTo(66);
    assertThat(said).contains("no attack 20200101-000000-1 is kept");
    assertThat(run("attacks", "--hours", "0")).isEqualTo(64);
    Files.writeString(config, "nonsense = 1");
    assertThat(run("attacks")).isEqualTo(78);
  }

  /** docs/attacks.md is the contract with other programs. */
  @Test
  void theManualNamesEveryFieldAndOption() throws Exception {
    String manual = Files.readString(DOCS.resolve("attacks.md"));
    JsonNode json = EpisodeJson.render(address(null));
    assertThat(json.propertyNames())
        .allSatisfy(name -> assertThat(manual).contains("`" + name + "`"));
    for (String list : List.of("reporters", "sources", "networks", "subjects", "samples")) {
      assertThat(json.path(list).get(0).propertyNames())
          .allSatisfy(name -> assertThat(manual).contains("`" + name + "`"));
    }
    assertThat(new CommandLine(new AttacksCommand()).getCommandSpec().optionsMap().keySet())
        .filteredOn(option -> option.length() > 2)
        .allSatisfy(option -> assertThat(manual).contains(option));
  }

  private static Episode address(@Nullable Instant ended) {
    return new Episode(
        "20260301-120019-1",
        Scope.ADDRESS,
        "anna@example.com",
        BEGAN,
        BEGAN.plus(Duration.ofSeconds(7_997)),
        ended,
        12_345,
        1_200,
        310,
        0,
        List.of(
            new Episode.Count("192.0.2.7", "mx.example.net", 8_000),
            new Episode.Count("2001:db8::7", null, 4_000)),
        List.of(new Episode.Count("203.0.113.9", null, 9_000)),
        List.of(new Episode.Count("203.0.113.0/24", null, 9_500)),
        List.of(new Episode.Count("Cheap \u001b[31m pills", null, 12_000)),
        List.of(
            new Episode.Sample(
                BEGAN.plusSeconds(16),
                "192.0.2.7",
                "mx.example.net",
                "203.0.113.9",
                "Cheap pills",
                "<1@spam.example>")));
  }

  private static EpisodeRow row(Episode attack) {
    JsonNode details = EpisodeJson.render(attack);
    return new EpisodeRow(
        attack.id(),
        attack.scope().toString(),
        attack.name(),
        attack.began(),
        attack.lastSeen(),
        attack.ended(),
        attack.messages(),
        details.toString());
  }

  private void save(EpisodeRow row) throws Exception {
    Path data = folder.resolve("data");
    byte[] key =
        new KeyFile(data).loadOrCreate(new SecureRandom(), InstantSource.system()).journal();
    try (Store store = Store.open(data, key, StoreSettings.DEFAULTS, InstantSource.fixed(BEGAN))) {
      store.episodes().save(row);
    }
  }

  private int run(String... command) {
    String[] all = new String[command.length + 4];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = "--config";
    all[command.length + 1] = config.toString();
    all[command.length + 2] = "--data";
    all[command.length + 3] = folder.resolve("data").toString();
    StringWriter out = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(out), all);
    said = out.toString();
    return status;
  }
}
