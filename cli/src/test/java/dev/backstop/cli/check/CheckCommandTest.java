package dev.backstop.cli.check;

import static dev.backstop.cli.check.Mails.BOUNCE;
import static dev.backstop.cli.check.Mails.LETTER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.cli.check.print.Screen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckCommandTest extends CheckRuns {
  private static final JsonMapper JSON = new JsonMapper();

  private List<JsonNode> lines() {
    var lines = new ArrayList<JsonNode>();
    out.toString().lines().forEach(l -> lines.add(JSON.readTree(l)));
    return lines;
  }

  /** The shape that other programs read: fields are added, never renamed. */
  @Test
  void jsonHasEveryFieldOfTheContract() throws IOException {
    Path file = file("x.eml", BOUNCE);
    assertThat(check("--json", file.toString())).isZero();
    assertThat(out.toString()).hasLineCount(1).matches("\\p{ASCII}*");
    JsonNode line = lines().getFirst();
    assertThat(line.propertyNames())
        .startsWith("file", "form", "subform", "verdict", "confidence", "reporter", "recipients")
        .contains("returned", "evidence", "explanation");
    assertThat(line.get("file").asString()).isEqualTo(file.toString());
    assertThat(line.get("form").asString()).isEqualTo("bounce");
    assertThat(line.get("subform").asString()).isEqualTo("failed");
    assertThat(line.get("verdict").asString()).isEqualTo("unproven");
    assertThat(line.get("confidence").asString()).isEqualTo("high");
    assertThat(line.get("reporter").propertyNames()).containsExactly("mta", "software", "address");
    JsonNode recipient = line.get("recipients").get(0);
    assertThat(recipient.propertyNames())
        .containsExactly(
            "final",
            "original",
            "action",
            "status",
            "smtp",
            "reason",
            "diagnostic",
            "remoteMta",
            "permanent");
    assertThat(recipient.get("final").asString()).isEqualTo("jürgen@example.net");
    assertThat(recipient.get("original").isNull()).isTrue();
    assertThat(recipient.get("smtp").asInt()).isEqualTo(550);
    assertThat(recipient.get("reason").asString()).isEqualTo("no-such-user");
    JsonNode returned = line.get("returned");
    assertThat(returned.propertyNames())
        .containsExactly("part", "messageId", "from", "to", "subject", "date", "source");
    assertThat(returned.get("part").asString()).isEqualTo("headers");
    assertThat(returned.get("messageId").asString()).isEqualTo("<1@example.org>");
    assertThat(returned.get("source").get("address").asString()).isEqualTo("192.0.2.25");
    assertThat(returned.get("source").get("helo").asString()).isEqualTo("pc.example.org");
    assertThat(line.get("evidence").isEmpty()).isTrue();
    assertThat(line.get("explanation").asString())
        .isEqualTo(
            "mx.example.net reports that mail to jürgen@example.net could not be delivered"
                + " (no such user); nothing proves whether the mail it answers was ours.");
  }

  @Test
  void ordinaryMailIsOrdinary() throws IOException {
    check("--json", file("x.eml", LETTER).toString());
    JsonNode line = lines().getFirst();
    assertThat(line.get("verdict").asString()).isEqualTo("ordinary");
    assertThat(line.get("subform").isNull()).isTrue();
    assertThat(line.get("returned").get("part").asString()).isEqualTo("none");
  }

  @Test
  void aConfigurationBringsEvidence() throws IOException {
    assertThat(check("--json", "--config", "my.toml", file("x.eml", BOUNCE).toString())).isZero();
    JsonNode line = lines().getFirst();
    assertThat(line.get("verdict").asString()).isEqualTo("genuine");
    JsonNode evidence = line.get("evidence").get(0);
    assertThat(evidence.propertyNames()).containsExactly("proof", "finding", "detail", "strength");
    assertThat(evidence.get("detail").asString()).isEqualTo("by my.toml");
    assertThat(line.get("explanation").asString()).isEqualTo("It is ours.");
  }

  @Test
  void foldersMboxesAndMaildirs() throws IOException {
    String mbox = Mails.MBOX_LINE;
    file("a.eml", LETTER);
    file("box", mbox + LETTER + "\n" + mbox + BOUNCE + "\n");
    file("sub/deep/b.eml", mbox + LETTER); // one message, whatever its first line
    file("Maildir/cur/1:2,S", LETTER);
    file("Maildir/new/2", LETTER);
    file("Maildir/tmp/3", LETTER);
    file("README.md", "# Not mail\n\nNote: really\n");
    file("truth.jsonl", "{\"file\": \"a.eml\"}\n");
    assertThat(check("--json", folder.toString())).isZero();
    assertThat(lines())
        .extracting(l -> folder.relativize(Path.of(l.get("file").asString())).toString())
        .containsExactly(
            "Maildir/cur/1:2,S", "Maildir/new/2", "a.eml", "box:1", "box:2", "sub/deep/b.eml");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void standardInput() {
    var in = new ByteArrayInputStream(BOUNCE.getBytes(UTF_8));
    assertThat(check(in, "--json", "-")).isZero();
    assertThat(lines().getFirst().get("file").asString()).isEqualTo("-");
    assertThat(lines().getFirst().get("form").asString()).isEqualTo("bounce");
  }

  @Test
  void whatCannotBeReadDoesNotStopTheRest() throws IOException {
    Path empty = file("1.eml", "");
    Path noise = file("2.eml", "\u0001\u0002 nothing that is mail");
    Path good = file("3.eml", LETTER);
    String missing = folder.resolve("missing\u001b.eml").toString();
    assertThat(check("--json", empty.toString(), noise.toString(), missing, good.toString()))
        .isEqualTo(1);
    assertThat(lines()).hasSize(1);
    assertThat(err.toString())
        .contains("1.eml: empty", "2.eml: no mail", "no such file")
        .doesNotContain("\u001b");
  }

  @Test
  void exitStatusOfWrongUse() {
    assertThat(check(folder.resolve("none").toString())).isEqualTo(66);
    assertThat(check()).isEqualTo(64);
    assertThat(check("--no-such-option", "x")).isEqualTo(64);
  }

  @Test
  void aLongMessageIsReadToTheBoundAndSaysSo() throws IOException {
    Path file = folder.resolve("long.eml");
    try (var writer = Files.newBufferedWriter(file)) {
      writer.write(LETTER);
      String line = "x".repeat(1023) + "\n";
      for (int i = 0; i < (16 << 10) + 1; i++) {
        writer.write(line);
      }
    }
    assertThat(check(file.toString())).isZero();
    assertThat(out.toString()).contains("only the beginning of the message was read");
  }

  @Test
  void aPersonReadsBlocksAndASummary() throws IOException {
    assertThat(check(file("x.eml", BOUNCE).toString(), file("y.eml", LETTER).toString())).isZero();
    assertThat(out.toString())
        .contains(
            "bounce, failed", "jürgen@example.net", "no-such-user", "its header  <1@example.org>")
        .contains("This is ordinary mail")
        .contains("2 messages; 1 ordinary, 1 bounce; 1 ordinary, 1 unproven")
        .doesNotContain("\u001b"); // what the sender wrote must not reach the terminal as a command
  }

  @Test
  void aBrokenConfigurationIsTheCallersBusiness() throws IOException {
    var command =
        new CheckCommand((_, _) -> {
          throw new IllegalArgumentException("broken");
        });
    new CommandLine(command).parseArgs("--config", "x", file("x.eml", LETTER).toString());
    assertThatThrownBy(() ->
            command.run(
                new PrintWriter(out),
                new PrintWriter(err),
                InputStream.nullInputStream(),
                Screen.NONE))
        .hasMessage("broken");
  }
}
