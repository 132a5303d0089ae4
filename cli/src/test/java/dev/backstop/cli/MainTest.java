package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> everyCommandHasHelpWithExamples() {
    List<DynamicTest> tests = new ArrayList<>();
    collect(Main.commandLine(), tests);
    return tests;
  }

  private static void collect(CommandLine line, List<DynamicTest> tests) {
    tests.add(
        DynamicTest.dynamicTest(
            line.getCommandSpec().qualifiedName(),
            () -> {
              StringWriter help = new StringWriter();
              line.setOut(new PrintWriter(help));
              assertThat(line.execute("--help")).isZero();
              assertThat(help.toString())
                  .contains("Usage: backstop", "Examples:", "--help")
                  .doesNotContain("\u001b");
              assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
            }));
    line.getSubcommands().values().forEach(sub -> collect(sub, tests));
  }

  @Test
  void versionNamesProgramAndJava() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("backstop ").contains("Java " + Runtime.version());
  }

  @Test
  void wrongUsageIs64AndNamesWhatWasMeant() {
    assertThat(run()).isEqualTo(64);
    assertThat(run("confg")).isEqualTo(64);
    assertThat(err.toString()).contains("Did you mean: backstop config?");
    assertThat(run("config", "check", "a", "b")).isEqualTo(64);
    assertThat(run("--log-level", "loud", "config", "show")).isEqualTo(64);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void badConfigurationIs78WithEveryProblem() throws Exception {
    Path file = Files.writeString(folder.resolve("b.toml"), "mode = 1\ndomain = 2\n");
    assertThat(run("config", "check", file.toString())).isEqualTo(78);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith(file + ": line 1: mode = 1: must be one of"),
            second ->
                assertThat(second).startsWith(file + ": line 2: domain = 2: must be a table"));
    assertThat(run("config", "show", folder.resolve("none").toString())).isEqualTo(78);
  }

  @Test
  void goodConfigurationIsShownSoThatItCanBeUsed() throws Exception {
    Path file = Files.writeString(folder.resolve("b.toml"), "domains = [\"example.com\"]");
    assertThat(run("config", "check", file.toString())).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString()).isEqualTo(file + ": good" + System.lineSeparator());
    assertThat(run("config", "show", file.toString())).isZero();
    Path shown =
        Files.writeString(folder.resolve("shown.toml"), out.toString().split("good", 2)[1]);
    assertThat(run("config", "check", shown.toString())).isZero();
    assertThat(out.toString()).contains("# data folder: " + folder.resolve("data"));
  }

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
