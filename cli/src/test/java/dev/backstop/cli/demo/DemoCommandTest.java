package dev.backstop.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoCommandTest {
  private final StringWriter out = new StringWriter();

  private int run(DemoCommand command, String... args) {
    return new CommandLine(command)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(args);
  }

  @Test
  void everyGenuineAnswerIsDeliveredAndEveryFalseOneStopped() {
    assertThat(run(new DemoCommand(), "--fast", "--forged", "200")).isZero();

    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("All right. 200 mails", "genuine answers delivered", "not shown, as no proof")
        .contains("1. A false bounce", "2. A false auto-reply", "3. A genuine bounce")
        .contains("batv=proven", "is not in the journal", "carries no tag")
        .contains("next: ./backstop serve --domain your.domain")
        .doesNotContain("wrong:", "warned", "\033[");
  }

  @Test
  void theResultAsJson() {
    assertThat(run(new DemoCommand(), "--json", "--forged", "10", "--seed", "5")).isZero();

    JsonNode result = JsonMapper.builder().build().readTree(out.toString());
    assertThat(result.get("ok").asBoolean()).isTrue();
    assertThat(result.get("forged").asInt()).isEqualTo(10);
    assertThat(result.get("genuine").get("all").asInt())
        .isPositive()
        .isEqualTo(result.get("genuine").get("delivered").asInt());
    assertThat(result.get("false").get("all").asInt())
        .isPositive()
        .isEqualTo(result.get("false").get("stopped").asInt());
    assertThat(result.get("mistakes").isEmpty()).isTrue();
  }

  @Test
  void falseAnswersLetThroughAreTheEndOfTheDemo() {
    try (var acceptsAll = new FalseMilter(false)) {
      var command = new DemoCommand(_ -> acceptsAll.address());
      assertThat(run(command, "--fast", "--forged", "10")).isEqualTo(1);
    }
    assertThat(out.toString()).contains("NOT all right", "wrong: false");
  }

  @Test
  void genuineAnswersLostAreTheEndOfTheDemo() {
    try (var refusesBounces = new FalseMilter(true)) {
      var command = new DemoCommand(_ -> refusesBounces.address());
      assertThat(run(command, "--fast", "--forged", "10")).isEqualTo(1);
    }
    assertThat(out.toString()).contains("NOT all right", "wrong: genuine", "No bounces, please");
  }

  @Test
  void tooFewForgeriesAreWrongUsage() {
    assertThat(run(new DemoCommand(), "--forged", "9")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(out.toString()).contains("--forged must be at least 10");
  }
}
