package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.keys.dkim.DkimCommand;
import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeys;
import dev.backstop.server.keys.dkim.DkimState;
import dev.backstop.testkit.dns.FakeResolver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The life of DKIM keys from the command line, in a data folder of their own. */
class DkimKeysCommandTest {
  private static final DnsName DOMAIN = DnsName.of("example.com");

  @TempDir Path folder;
  private Path config;
  private FakeResolver resolver = new FakeResolver();
  private String said = "";

  @BeforeEach
  void anInstallation() throws Exception {
    config = Files.writeString(folder.resolve("b.toml"), "domains = [\"example.com\"]\n");
  }

  /** The example of docs/dkim-keys.md. */
  @Test
  void fromTheFirstKeyToTheSecondRotation() throws Exception {
    assertThat(run("new", "example.com", "--selector", "a")).isZero();
    assertThat(said)
        .contains("a-rsa", "RSA 2048", "a-ed25519", "Ed25519", "new, does not sign yet")
        .contains("a-ed25519._domainkey.example.com. IN TXT \"v=DKIM1; k=ed25519; p=")
        .contains("value  v=DKIM1; k=rsa; p=MII")
        .contains("backstop keys dkim rotate example.com");
    assertThat(keys().signing(DOMAIN)).isEmpty();

    assertThat(run("publish", "--dns", "system")).isEqualTo(69);
    assertThat(said).contains("not visible yet (new, does not sign yet)");
    assertThat(run("rotate", "example.com")).isEqualTo(69);
    assertThat(said).contains("stays new: not visible yet");
    publishAll();
    assertThat(run("publish", "--dns", "192.0.2.53:53", "example.com")).isZero();
    assertThat(run("rotate", "example.com")).isZero();
    assertThat(said).contains("signs from now on");
    assertThat(keys().signing(DOMAIN))
        .extracting(key -> key.selector())
        .containsExactly("a-rsa", "a-ed25519");

    assertThat(run("new", "example.com", "--selector", "b")).isZero();
    publishAll();
    assertThat(run("rotate", "--all")).isZero();
    assertThat(said).contains("retired", "; its record must stay in DNS until ");
    assertThat(keys().signing(DOMAIN))
        .extracting(key -> key.selector())
        .containsExactly("b-rsa", "b-ed25519");
    assertThat(Files.readString(file().path()).split("\"private\"", -1)).hasSize(3);
    assertThat(keys().find(DOMAIN, "a-rsa").orElseThrow().state())
        .isInstanceOf(DkimState.Retired.class);
    assertThat(run("publish", "--zone")).isZero();
    assertThat(said.lines().filter(line -> line.contains(" IN TXT "))).hasSize(4);
    assertThat(run("rotate", "--all")).isZero();
    assertThat(said).contains("no domain has a new key");
  }

  @Test
  void aSelectorIsNamedByTheMonthAndNeverTakenTwice() throws Exception {
    run("new", "--algorithm", "ed25519", "example.com");
    run("rotate", "--force", "example.com");
    run("new", "--algorithm", "ed25519", "example.com");

    assertThat(keys().of(DOMAIN))
        .extracting(DkimKey::selector)
        .satisfiesExactly(
            first -> assertThat(first).matches("bs20\\d{4}e"),
            second -> assertThat(second).matches("bs20\\d{4}e2"));
  }

  @Test
  void onlyWhatIsVisibleBeginsToSign() throws Exception {
    run("new", "example.com", "--selector", "a");
    publish(keys().find(DOMAIN, "a-rsa").orElseThrow());
    resolver.timeout("a-ed25519._domainkey.example.com");

    assertThat(run("rotate", "example.com")).isEqualTo(69);
    assertThat(said)
        .contains("signs from now on")
        .contains("stays new: cannot tell: name server did not answer in time");
    assertThat(keys().signing(DOMAIN)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    // wrong usage
    "64, new, is not a domain name, no domain",
    "64, new, is not a domain name, straße.example",
    "64, new --bits 1024, 2048 to 4096, example.com",
    "64, new --algorithm dsa, dsa, example.com",
    "64, new --selector a_b/c, is not a selector, example.com",
    "64, rotate --all, give either DOMAIN or --all, example.com",
    "64, publish --zone --dns system, either --zone or --dns, example.com",
    "64, publish --dns nonsense, --dns nonsense: neither system nor HOST:PORT, old.example",
    // nothing there
    "66, rotate, has no DKIM key here; make one, example.net",
    "66, rotate, has no new key; make one and publish its record, old.example",
    "66, list, has no DKIM key here, example.net",
    "66, retire example.com, has no key none, none",
    // refused
    "73, new --algorithm ed25519, has a new ed25519 key already, example.com",
    "73, new --algorithm rsa --selector new, has a key named new already, example.com",
    "73, retire old.example, mail would leave without its signature, s",
  })
  void whatCannotBeDoneIsSaid(int status, String command, String reason, String last)
      throws Exception {
    run("new", "--algorithm", "ed25519", "--selector", "new", "example.com");
    run("new", "--algorithm", "ed25519", "--selector", "s", "old.example");
    run("rotate", "--force", "old.example");
    DkimKeys before = keys();

    assertThat(run(Stream.concat(Stream.of(command.split(" ")), Stream.of(last))))
        .isEqualTo(status);
    assertThat(said).contains(reason);
    assertThat(keys()).isEqualTo(before);
  }

  @Test
  void aDomainMayHaveUmlauts() throws Exception {
    assertThat(run("new", "--algorithm", "ed25519", "Bücher.example.")).isZero();
    assertThat(keys().domains()).containsExactly(DnsName.of("xn--bcher-kva.example"));
  }

  @Test
  void aDomainThatIsNotConfiguredIsWarnedAbout() {
    assertThat(run("new", "--algorithm", "ed25519", "other.example")).isZero();
    assertThat(said).contains("warning: other.example is not in `domains`");
  }

  @Test
  void aRetiredKeyStaysToRecogniseAndAStolenOneIsForgotten() throws Exception {
    run("new", "--algorithm", "ed25519", "--selector", "s", "example.com");
    run("rotate", "--force", "example.com");

    assertThat(run("retire", "--force", "example.com", "S")).isZero();
    assertThat(keys().find(DOMAIN, "s")).isPresent();
    assertThat(keys().signing(DOMAIN)).isEmpty();
    assertThat(run("retire", "example.com", "s", "--forget")).isZero();
    assertThat(said).contains("forgotten. Put `v=DKIM1; p=`");
    assertThat(keys()).isEqualTo(DkimKeys.NONE);
  }

  @Test
  void aKeyThatNeverSignedIsRemoved() throws Exception {
    run("new", "--algorithm", "ed25519", "--selector", "s", "example.com");

    assertThat(run("retire", "example.com", "s")).isZero();
    assertThat(said).contains("removed; it never signed");
    assertThat(keys()).isEqualTo(DkimKeys.NONE);
  }

  /** Ten days; then, for a while, that the record may go. */
  @ParameterizedTest
  @CsvSource({"9, true, false", "11, false, true", "120, false, false"})
  void theRecordOfARetiredKeyIsPrintedForTenDays(int days, boolean wanted, boolean ended)
      throws Exception {
    run("new", "--algorithm", "ed25519", "--selector", "s", "example.com");
    Instant then = Instant.now().minus(Duration.ofDays(days));
    file().update(old -> old.with(List.of(old.keys().getFirst().signs(then).retired(then)), then));

    assertThat(run("publish")).isZero();
    assertThat(said.contains("value  v=DKIM1")).isEqualTo(wanted);
    assertThat(said.contains("may be removed")).isEqualTo(ended);
    assertThat(run("publish", "--dns", "system")).isEqualTo(wanted ? 69 : 0);
    publishAll();
    assertThat(run("publish", "--dns", "system")).isZero();
    assertThat(said.contains("may be removed")).isEqualTo(ended);
  }

  @Test
  void theListIsForPeopleAndForPrograms() throws Exception {
    run("new", "--algorithm", "ed25519", "--selector", "s", "example.com");

    assertThat(run("list")).isZero();
    assertThat(said).contains("dkim.json", "example.com", "new, does not sign yet");
    assertThat(run("list", "--json", "example.com")).isZero();
    assertThat(said)
        .startsWith(
            "{\"domain\":\"example.com\",\"selector\":\"s\",\"algorithm\":\"ed25519-sha256\","
                + "\"bits\":256,\"state\":\"new\",\"created\":\"")
        .contains("\"name\":\"s._domainkey.example.com\",\"record\":\"v=DKIM1; k=ed25519; p=");
    Files.setPosixFilePermissions(file().path(), PosixFilePermissions.fromString("rw-r--r--"));
    run("list");
    assertThat(said).contains("others may read this file:  chmod 600 ");
  }

  @Test
  void anExportCarriesEverythingToAnotherNode() throws Exception {
    run("new", "--algorithm", "ed25519", "--selector", "s", "example.com");
    run("rotate", "--force", "example.com");
    DkimKeys keys = keys();
    String export = folder.resolve("export.json").toString();

    assertThat(run("export", export)).isZero();
    assertThat(run("export", export)).isEqualTo(73);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(export))))
        .isEqualTo("rw-------");
    assertThat(run("import", "--backup", export)).isEqualTo(73);
    assertThat(said).contains("with --replace they are lost");
    Files.writeString(file().path(), "damaged");
    assertThat(run("import", "--backup", export)).isEqualTo(73);
    assertThat(run("import", "--backup", export, "--replace")).isZero();
    assertThat(keys()).isEqualTo(keys);
    assertThat(run("export", "-")).isZero();
    assertThat(said.strip()).isEqualTo(Files.readString(Path.of(export)));
  }

  @Test
  void noCommandButExportShowsASecret() throws Exception {
    run("new", "--algorithm", "ed25519", "--selector", "s", "example.com");
    var made = (DkimState.New) keys().keys().getFirst().state();
    String secret = Base64.getEncoder().encodeToString(made.privateKey().getEncoded());
    assertThat(Files.readString(file().path())).contains(secret);

    for (String command :
        List.of(
            "list",
            "list --json",
            "publish",
            "rotate --all --force",
            "retire --force example.com s")) {
      assertThat(run(command.split(" "))).isZero();
      assertThat(said).doesNotContain(secret).doesNotContain(secret.substring(20));
    }
  }

  private DkimFile file() {
    return new DkimFile(folder.resolve("data"));
  }

  private DkimKeys keys() throws Exception {
    return file().load();
  }

  private void publishAll() throws Exception {
    resolver = new FakeResolver();
    keys().keys().forEach(this::publish);
  }

  private void publish(DkimKey key) {
    resolver.txt(key.recordName().text(), key.record());
  }

  private int run(String... command) {
    return run(Stream.of(command));
  }

  private int run(Stream<String> command) {
    String[] settings = {
      "--config", config.toString(), "--data", folder.resolve("data").toString()
    };
    String[] all =
        Stream.of(Stream.of("keys", "dkim"), command, Stream.of(settings))
            .flatMap(each -> each)
            .toArray(String[]::new);
    CommandLine line = Main.commandLine();
    DkimCommand dkim = command(command(line, "keys"), "dkim").getCommand();
    dkim.resolvers((text, configured) -> {
      assertThat(configured.servers()).isEmpty();
      if (!List.of("configured", "system").contains(text) && !text.contains(":")) {
        throw new IllegalArgumentException("neither system nor HOST:PORT");
      }
      return resolver;
    });
    StringWriter out = new StringWriter();
    int status = line.setOut(new PrintWriter(out)).setErr(new PrintWriter(out)).execute(all);
    said = out.toString();
    return status;
  }

  private static CommandLine command(CommandLine line, String name) {
    return Objects.requireNonNull(line.getSubcommands().get(name));
  }
}
