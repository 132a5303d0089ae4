package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecipientsCommandTest {
  @TempDir Path folder;
  private Path list;
  private Path config;
  private String said = "";
  private String complained = "";

  @BeforeEach
  void write() throws Exception {
    list = Files.writeString(folder.resolve("list"), "anna@ours.test\n");
    config =
        Files.writeString(
            folder.resolve("backstop.toml"),
            "domains = [\"ours.test\"]\nrecipients.files = [\"list\"]\n");
  }

  @Test
  void whoExistsIsAccepted() {
    assertThat(run("anna+prvs=0123abcdef@ours.test")).isZero();
    assertThat(said)
        .startsWith("anna+prvs=0123abcdef@ours.test, asked for as anna@ours.test\n")
        .contains("  file      exists       stands in " + list + "\n")
        .contains(list + ", asked now, ")
        .endsWith("  → accepted: stands in " + list + "\n");
  }

  @Test
  void whoIsUnknownIsRefusedAndTheReplyIsShown() {
    assertThat(run("eve@ours.test")).isEqualTo(1);
    assertThat(said)
        .contains("  file      unknown      does not stand in " + list)
        .contains("  → refused: does not stand in " + list)
        .contains("\n    550 5.1.1 <eve@ours.test>: no such mailbox here");
  }

  @Test
  void withoutAnAnswerItIsPutOff() throws Exception {
    Files.delete(list);
    assertThat(run("eve@ours.test")).isEqualTo(2);
    assertThat(said)
        .contains("  file      failed       " + list + " cannot be read: no such file")
        .contains("  → put off: ")
        .contains("\n    451 4.3.0 <eve@ours.test>: cannot find out just now");
  }

  @Test
  void whoIsNotAskedForIsAccepted() {
    assertThat(run("postmaster@ours.test", "eve@other.test")).isZero();
    assertThat(said)
        .contains("  → accepted without knowing: postmaster is always let through")
        .contains("  → accepted without knowing: other.test is not among our domains");
  }

  @Test
  void theWorstOfSeveralIsTheStatusAndEachIsAnObject() {
    assertThat(run("--json", "anna@ours.test", "eve@ours.test", "anna@ours.test")).isEqualTo(1);
    List<JsonNode> lines =
        said.lines().map(line -> JsonMapper.builder().build().readTree(line)).toList();
    assertThat(lines)
        .map(line -> line.get("outcome").asString())
        .containsExactly("exists", "unknown", "exists");
    JsonNode unknown = lines.get(1);
    assertThat(unknown.get("address").asString()).isEqualTo("eve@ours.test");
    assertThat(unknown.get("asked").asString()).isEqualTo("eve@ours.test");
    assertThat(unknown.get("reply").asString()).startsWith("550 5.1.1 ");
    assertThat(unknown.get("reason").asString()).isEqualTo("does not stand in " + list);
    assertThat(unknown.get("remembered").isNull()).isTrue();
    JsonNode source = unknown.get("sources").get(0);
    assertThat(source.get("source").asString()).isEqualTo("file");
    assertThat(source.get("place").asString()).isEqualTo(list.toString());
    assertThat(source.get("says").asString()).isEqualTo("unknown");
    assertThat(source.get("detail").asString()).isEqualTo("does not stand in " + list);
    assertThat(source.get("milliseconds").isNumber()).isTrue();
    assertThat(lines.getFirst().get("reply").isNull()).isTrue();
  }

  @Test
  void theMemoryOfOneRunIsShown() throws Exception {
    Files.writeString(
        config,
        """
        domains = ["ours.test"]
        [recipients.sql]
        url = "jdbc:sqlite:%s"
        query = "select 1 where :address = 'anna@ours.test'"
        """
            .formatted(Files.write(folder.resolve("empty.db"), new byte[0])));
    assertThat(run("anna@ours.test", "anna@ours.test")).isZero();
    assertThat(said)
        .contains("  sql       exists       the database has anna@ours.test")
        .containsOnlyOnce("  memory    exists       the database has anna@ours.test");
  }

  @Test
  void wrongUsageAndBadConfiguration() throws Exception {
    assertThat(run("anna")).isEqualTo(64);
    assertThat(complained).contains("anna is not an address");
    assertThat(Main.run(nowhere(), nowhere(), "recipients")).isEqualTo(64);
    assertThat(Main.run(nowhere(), nowhere(), "recipients", "check")).isEqualTo(64);
    Files.writeString(config, "recipients.sql.user = \"a\"\n");
    assertThat(run("anna@ours.test")).isEqualTo(78);
    assertThat(complained).contains("recipients.sql: needs url, whom to ask");
  }

  private int run(String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("recipients", "check", "--config", config.toString()));
    line.addAll(List.of(arguments));
    var out = new StringWriter();
    var err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    said = out.toString();
    complained = err.toString();
    return status;
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(new StringWriter());
  }
}
