package dev.backstop.cli.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.Keys;
import dev.backstop.store.JournalEntry;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import dev.backstop.store.Stream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadyCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  @Test
  void aNewInstallationIsNotReadyAndSaysWhy() throws Exception {
    install(Duration.ofMinutes(185), false);

    assertThat(ready("ours.test")).isEqualTo(ReadyCommand.NOT_YET);
    assertThat(out.toString())
        .startsWith("ours.test: not yet\n  mode      observe\n  covered   since ")
        .contains("(3 hours), tags count 7 days")
        .contains("in the way: Tags and journal have covered everything only since ")
        .contains("Over on ")
        .contains("last week 0 genuine, 0 unproven; enforcing refuses 0")
        .contains("seen      through-us from 10.0.0.0/24: 5, last ");
  }

  @Test
  void anOldOneIsReady() throws Exception {
    install(Duration.ofDays(9), false);

    assertThat(ready()).isZero();
    assertThat(out.toString()).startsWith("ours.test: can enforce: write  mode = \"enforce\"");
  }

  @Test
  void aNewsletterServiceStandsInTheWay() throws Exception {
    install(Duration.ofDays(9), true);

    assertThat(ready("--json", "ours.test")).isEqualTo(ReadyCommand.NOT_YET);
    JsonNode answer = JsonMapper.builder().build().readTree(out.toString());
    assertThat(answer.get("safe").booleanValue()).isFalse();
    assertThat(answer.get("safeSince").isNull()).isTrue();
    JsonNode obstacle = answer.get("obstacles").get(0);
    assertThat(obstacle.get("code").asString()).isEqualTo("from-outside");
    assertThat(obstacle.get("text").asString()).contains("203.0.113.0/24").contains("4 messages");
    assertThat(obstacle.get("until").asString()).isNotEmpty();
    assertThat(answer.get("streams").get(0).get("kind").asString()).isEqualTo("through-us");
  }

  @Test
  void aDomainOfOthersIsAMistake() throws Exception {
    install(Duration.ofDays(9), false);

    assertThat(ready("example.org")).isNotZero();
    assertThat(out.toString())
        .contains("example.org is not among the domains")
        .contains("ours.test");
  }

  /** An installation as it is after that time. */
  private void install(Duration age, boolean newsletter) throws Exception {
    Files.writeString(folder.resolve("backstop.toml"), "domains = [\"ours.test\"]\n");
    Path data = Files.createDirectory(folder.resolve("data"));
    Instant then = Instant.now().minus(age);
    var clock = new Instant[] {then};
    Keys keys = new KeyFile(data).loadOrCreate(new SecureRandom(), InstantSource.system());
    try (Store store = Store.open(data, keys.journal(), StoreSettings.DEFAULTS, () -> clock[0])) {
      store.journal().begin(Set.of("ours.test"));
      clock[0] = Instant.now();
      see(store, "through-us", "10.0.0.0/24", 5);
      if (newsletter) {
        see(store, "from-outside", "203.0.113.0/24", 4);
      }
      store
          .journal()
          .record(
              new JournalEntry(
                  "<1@ours.test>",
                  Mailbox.parse("anna@ours.test"),
                  List.of(Mailbox.parse("bob@example.com")),
                  Instant.now(),
                  true));
      store.journal().begin(Set.of("ours.test")); // what waits is written with it
    }
  }

  private static void see(Store store, String kind, String source, long messages) {
    store
        .streams()
        .seen(
            new Stream.Sighting("ours.test", kind, source, "an example", messages, Instant.now()));
  }

  private int ready(String... options) {
    List<String> all =
        new java.util.ArrayList<>(List.of("--config", folder.resolve("backstop.toml").toString()));
    all.addAll(List.of(options));
    return new CommandLine(new ReadyCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(all.toArray(String[]::new));
  }
}
