package dev.backstop.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.bounce.tag.TagForm;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.cli.check.print.Screen;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.BackstopServer;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.Keys;
import dev.backstop.store.JournalEntry;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import java.io.InputStream;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the running server would say, by its own keys and journal. */
@SuppressWarnings("NullAway.Init") // set before each test
class SessionTest {
  private static final String BOUNCE =
      """
      From: MAILER-DAEMON@mx.example.net
      To: anna@ours.test
      Subject: Undelivered Mail Returned to Sender
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.net

      Final-Recipient: rfc822; bob@example.com
      Action: failed
      Status: 5.1.1
      --b
      Content-Type: text/rfc822-headers

      From: anna@ours.test
      To: bob@example.com
      Message-ID: <1@ours.test>
      --b--
      """;

  @TempDir Path folder;
  private Keys keys;
  private Path config;
  private Path bounce;

  @BeforeEach
  void install() throws Exception {
    config =
        Files.writeString(
            folder.resolve("backstop.toml"),
            """
            domains = ["ours.test"]
            networks = ["10.0.0.0/8"]
            mode = "enforce"
            auth.check = false
            """);
    bounce = Files.writeString(folder.resolve("bounce.eml"), BOUNCE);
    Path data = Files.createDirectory(folder.resolve("data"));
    keys = new KeyFile(data).loadOrCreate(new SecureRandom(), InstantSource.system());
    try (Store store =
        Store.open(data, keys.journal(), StoreSettings.DEFAULTS, InstantSource.system())) {
      store.journal().begin(Set.of("ours.test"));
      store
          .journal()
          .record(
              new JournalEntry(
                  "<1@ours.test>",
                  Mailbox.parse("anna@ours.test"),
                  List.of(Mailbox.parse("bob@example.com")),
                  Instant.now(),
                  true));
    }
  }

  @Test
  void aRecipientWhoIsRefusedBeforeAnyData() throws Exception {
    JsonNode answer = session("<>", "ben@ours.test");

    assertThat(answer.get("verdict").asString()).isEqualTo("backscatter");
    JsonNode session = answer.get("session");
    assertThat(session.get("stage").asString()).isEqualTo("rcpt");
    assertThat(session.get("action").asString()).isEqualTo("refused");
    assertThat(session.get("reply").asString())
        .startsWith("550 5.7.1 Bounce to <ben@ours.test> refused: our mail leaves with a signed");
    assertThat(session.get("header").isNull()).isTrue();
  }

  @Test
  void aMessageThatIsReadAndProved() throws Exception {
    JsonNode answer = session("<>", "anna@ours.test");

    assertThat(answer.get("verdict").asString()).isEqualTo("genuine");
    assertThat(answer.get("explanation").asString())
        .contains("we sent the message to bob@example.com on ");
    JsonNode session = answer.get("session");
    assertThat(session.get("stage").asString()).isEqualTo("end");
    assertThat(session.get("mode").asString()).isEqualTo("enforce");
    assertThat(session.get("action").asString()).isEqualTo("passed");
    assertThat(session.get("reply").isNull()).isTrue();
    assertThat(session.get("header").asString())
        .startsWith("genuine; form=bounce; mode=enforce; action=pass;")
        .contains("batv=disproven \"the address carries no tag")
        .contains("journal=proven \"we sent the message to bob@example.com")
        .endsWith("reason=\"" + answer.get("explanation").asString() + "\"");
  }

  @Test
  void aTaggedRecipient() throws Exception {
    Mailbox tagged =
        new Tagger(keys.tags())
            .sign(Mailbox.parse("ben@ours.test"), TagForm.PRVS, Instant.now())
            .orElseThrow();
    JsonNode answer = session("<>", tagged.toString());

    assertThat(answer.get("verdict").asString()).isEqualTo("genuine");
    assertThat(answer.get("evidence").get(0).get("proof").asString()).isEqualTo("batv");
    assertThat(answer.get("evidence").get(0).get("strength").asString()).isEqualTo("conclusive");
  }

  @Test
  void ourOwnMailIsNotJudged() throws Exception {
    JsonNode answer = session("anna@ours.test", "bob@example.com", "10.0.0.1");

    assertThat(answer.get("verdict").asString()).isEqualTo("ordinary");
    assertThat(answer.get("explanation").asString()).contains("on its way out");
  }

  @Test
  void mailToNobodyOfOursIsLetGo() throws Exception {
    assertThat(session("<>", "bob@example.com").get("explanation").asString())
        .contains("No recipient is in a domain of ours");
  }

  /** The journal and the counts are as they were, however often one asks. */
  @Test
  void nothingIsChanged() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertThat(session("<>", "anna@ours.test").get("verdict").asString()).isEqualTo("genuine");
    }
  }

  /** The server keeps what the configuration says, and so must who reads beside it. */
  @Test
  void theJournalIsReadAsFarBackAsTheServerReadsIt() throws Exception {
    Files.writeString(config, Files.readString(config) + "answers.refuse-at = \"end\"\n");
    Files.writeString(config, Files.readString(config) + "journal.keep = \"90d\"\n");
    StoreSettings keeping = BackstopServer.settings(ConfigReader.read(config));
    Instant then = Instant.now().minus(Duration.ofDays(60));
    try (Store store =
        Store.open(folder.resolve("data"), keys.journal(), keeping, InstantSource.system())) {
      store
          .journal()
          .record(
              new JournalEntry(
                  "<1@ours.test>",
                  Mailbox.parse("ben@ours.test"),
                  List.of(Mailbox.parse("eve@example.com")),
                  then,
                  true));
    }
    Files.writeString(bounce, BOUNCE.replace("bob@", "eve@"));

    assertThat(session("<>", "ben@ours.test").get("verdict").asString()).isEqualTo("genuine");
  }

  @Test
  void aPersonIsToldTheReply() throws Exception {
    var out = new StringWriter();
    run(out, "--mail-from", "<>", "--rcpt-to", "ben@ours.test", "--peer", "192.0.2.7");

    assertThat(out.toString())
        .contains("refused (enforce)")
        .contains("550 5.7.1 Bounce to <ben@ours.test> refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--mail-from <> --peer 192.0.2.7",
        "--mail-from <> --rcpt-to anna@ours.test",
        "--helo mx.example.net",
        "--mail-from <x --rcpt-to anna@ours.test --peer 192.0.2.7",
        "--mail-from <> --rcpt-to anna --peer 192.0.2.7",
        "--mail-from <> --rcpt-to anna@ours.test --peer mx.example.net",
      })
  void aSessionIsGivenWholeAndWell(String options) {
    assertThat(new CommandLine(new CheckCommand()).execute(arguments(options.split(" ", -1))))
        .isEqualTo(1); // what main() makes 64 of: see Failures
  }

  private JsonNode session(String sender, String recipient) throws Exception {
    return session(sender, recipient, "192.0.2.7");
  }

  private JsonNode session(String sender, String recipient, String peer) throws Exception {
    var out = new StringWriter();
    run(out, "--json", "--mail-from", sender, "--rcpt-to", recipient, "--peer", peer);
    return JsonMapper.builder().build().readTree(out.toString());
  }

  private void run(StringWriter out, String... options) {
    var command = new CheckCommand();
    new CommandLine(command).parseArgs(arguments(options));
    int status =
        command.run(
            new PrintWriter(out),
            new PrintWriter(new StringWriter()),
            InputStream.nullInputStream(),
            Screen.NONE);
    assertThat(status).isZero();
  }

  private String[] arguments(String... options) {
    List<String> all = new java.util.ArrayList<>(List.of("--config", config.toString()));
    all.addAll(List.of(options));
    all.add(bounce.toString());
    return all.toArray(String[]::new);
  }
}
