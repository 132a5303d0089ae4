package dev.backstop.cli.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.DkimResult;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.auth.dkim.Weakness;
import dev.backstop.auth.dmarc.DmarcResult;
import dev.backstop.auth.dmarc.PolicyRecord;
import dev.backstop.auth.spf.SpfResult;
import dev.backstop.cli.auth.answer.MessageAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** docs/auth-command.md is the contract with other programs: it names all there is. */
class AuthManualTest extends AuthRuns {
  private static final String MANUAL = manual();

  private static String manual() {
    try {
      Path root = Path.of(System.getProperty("backstop.root", ".."));
      return Files.readString(root.resolve("docs/auth-command.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertNamed(Collection<String> names) {
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
  void namesEveryFieldOfEveryAnswer() throws IOException {
    SigningKey key = SignedMail.key("example.com");
    zone.txt(key.recordName().text(), key.record());
    zone.txt("example.com", "v=spf1 ip4:192.0.2.1 -all");
    zone.txt("_dmarc.example.com", "v=DMARC1; p=none");
    String signature = SignedMail.signature(key, SignedMail.HEADER, SignedMail.BODY, NOW);
    Path file = file("a.eml", signature + SignedMail.HEADER + "\n" + SignedMail.BODY);
    batch(
        "{\"kind\":\"message\",\"file\":\"%s\",\"ip\":\"192.0.2.1\",\"from\":\"a@example.com\"}"
            .formatted(file),
        "{\"id\":1,\"kind\":\"dmarc\",\"author\":\"example.com\"}",
        "{\"id\":1}");
    assertThat(answers().getFirst().path("dmarc").path("aligned").size()).isEqualTo(2);
    answers().forEach(answer -> assertNamed(fields(answer)));
  }

  @Test
  void namesEveryValue() {
    Stream.of(SpfResult.values()).forEach(result -> assertNamed(List.of(result.word())));
    Stream.of(DmarcResult.values()).forEach(result -> assertNamed(List.of(result.text())));
    Stream.of(DkimResult.values()).forEach(result -> assertNamed(List.of(result.word())));
    assertNamed(
        Stream.of(MessageAnswer.Body.values(), Weakness.values(), PolicyRecord.Place.values())
            .flatMap(Stream::of)
            .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .toList());
  }

  @Test
  void namesEveryOptionAndTheHelpShowsEachInAnExample() {
    var line = new CommandLine(new AuthCommand());
    List<CommandSpec> specs = new ArrayList<>(List.of(line.getCommandSpec()));
    line.getSubcommands().values().forEach(sub -> specs.add(sub.getCommandSpec()));
    String examples =
        String.join(
            "\n", specs.stream().flatMap(spec -> Stream.of(spec.usageMessage().footer())).toList());
    assertThat(specs.stream().flatMap(spec -> spec.optionsMap().keySet().stream()))
        .allSatisfy(option -> assertThat(MANUAL).contains(option))
        .filteredOn(option -> !List.of("-c", "--config", "--data").contains(option))
        .allSatisfy(option -> assertThat(examples).contains(option));
  }
}
