package dev.backstop.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.form.Subform;
import dev.backstop.bounce.words.Reason;
import dev.backstop.cli.check.print.CsvRows;
import dev.backstop.mail.message.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/check.md is the contract with other programs: it names all there is. */
class CheckManualTest extends CheckRuns {
  private static final String MANUAL = manual();

  private static String manual() {
    try {
      Path root = Path.of(System.getProperty("backstop.root", ".."));
      return Files.readString(root.resolve("docs/check.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertNamed(List<String> names) {
    assertThat(names)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(MANUAL).contains("`" + name + "`"));
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>(node.propertyNames());
    node.forEach(child -> names.addAll(fields(child)));
    return names;
  }

  @Test
  void namesEveryFieldOfJson() throws IOException {
    file("x.eml", Mails.BOUNCE);
    check("--json", "--config", "my.toml", folder.toString());
    assertNamed(fields(new JsonMapper().readTree(out.toString())));
  }

  @Test
  void namesEveryFieldOfTheSumAndItsValues() throws IOException {
    file("x.eml", Mails.BOUNCE);
    check("--json", "--summary", folder.toString());
    assertNamed(fields(new JsonMapper().readTree(out.toString())));
  }

  @Test
  void namesEveryValue() {
    assertNamed(
        Stream.of(Form.values(), Reason.values(), Subform.values(), Cut.values())
            .flatMap(Stream::of)
            .map(Object::toString)
            .toList());
  }

  @Test
  void namesEveryColumnInOrder() {
    assertThat(MANUAL.replace("\n", " "))
        .contains("`" + CsvRows.header().strip().replace(",", "`, `") + "`");
  }

  @Test
  void namesEveryOptionAndTheHelpShowsEachInAnExample() {
    var spec = new CommandLine(new CheckCommand()).getCommandSpec();
    String examples = String.join("\n", spec.usageMessage().footer());
    assertThat(spec.optionsMap().keySet())
        .allSatisfy(option -> assertThat(MANUAL).contains(option))
        .allSatisfy(option -> assertThat(examples).contains(option));
  }
}
