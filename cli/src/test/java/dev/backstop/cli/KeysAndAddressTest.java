package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and addresses from the command line, in a data folder of their own. */
class KeysAndAddressTest {
  @TempDir Path folder;
  private Path config;
  private String said = "";

  @BeforeEach
  void anInstallation() throws Exception {
    config = Files.writeString(folder.resolve("backstop.toml"), "domains = [\"test.ex\"]\n");
  }

  /** Signed on 2020-01-01 with the key {@code secret}. */
  @ParameterizedTest
  @CsvSource({"0, prvs=02694aa88d=userx@test.ex", "1, prvs=1269e7157b=userx@test.ex"})
  void theSecretOfAnotherProgramSignsAsItDoes(String number, String signed) throws Exception {
    importSecret(number, "secret", "--sign", "--replace");

    assertThat(run("address", "sign", "--date", "2020-01-01", "userx@test.ex")).isZero();
    assertThat(said.strip()).isEqualTo(signed);
    assertThat(run("address", "verify", "--date", "2020-01-08", signed)).isZero();
    assertThat(said).startsWith("valid: signed for userx@test.ex");
    assertThat(run("address", "verify", "--date", "2020-01-09", signed)).isEqualTo(1);
    assertThat(said).startsWith("expired: ");
    assertThat(run("address", "verify", signed.replace("userx", "other"))).isEqualTo(1);
    assertThat(said).startsWith("invalid: ");
  }

  @Test
  void anOldKeyVerifiesAfterARotation() throws Exception {
    assertThat(run("keys", "rotate")).isZero();
    run("address", "sign", "anna@test.ex");
    String before = said.strip();
    assertThat(run("keys", "rotate")).isZero();

    assertThat(run("address", "verify", before)).isZero();
    run("address", "sign", "anna@test.ex");
    assertThat(said.strip()).isNotEqualTo(before);
    assertThat(run("keys", "list")).isZero();
    assertThat(said).contains("signs and verifies", "verifies until its tags end");
  }

  @Test
  void anExportCarriesTheWholeRingToAnotherNode() throws Exception {
    run("keys", "rotate");
    run("address", "sign", "anna@test.ex");
    String signed = said.strip();
    Path exported = folder.resolve("keys-export.json");
    assertThat(run("keys", "export", exported.toString())).isZero();
    Path other = Files.createDirectory(folder.resolve("other"));

    assertThat(runIn(other, "keys", "import", exported.toString())).isZero();
    assertThat(runIn(other, "address", "verify", signed)).isZero();
    assertThat(runIn(other, "keys", "import", exported.toString())).isEqualTo(73);
    assertThat(said).contains("--replace");
  }

  @Test
  void importingNeverLosesAKeyThatCountsUnasked() throws Exception {
    importSecret("1", "secret", "--sign");
    run("address", "sign", "anna@test.ex");
    String signed = said.strip();

    assertThat(importSecret("1", "other")).isEqualTo(73);
    assertThat(said).contains("key 1 is the one that signs");
    assertThat(importSecret("1", "other", "--sign")).isEqualTo(73);
    assertThat(said).contains("whose tags still count; with --replace it is lost");
    assertThat(run("address", "verify", signed)).isZero();
  }

  @Test
  void whatIsNoSecretIsRefused() throws Exception {
    assertThat(importSecret("3", "")).isEqualTo(66);
    assertThat(importSecret("3", "x".repeat(2_000))).isEqualTo(66);
    assertThat(said).contains("more than 1024 octets");
    assertThat(importSecret("12", "secret")).isEqualTo(64);
    assertThat(run("address", "sign", "no address")).isEqualTo(64);
  }

  private int importSecret(String number, String secret, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
    String[] command = new String[more.length + 6];
    String[] fixed = {"keys", "import", "--number", number, "--secret-file", file.toString()};
    System.arraycopy(fixed, 0, command, 0, fixed.length);
    System.arraycopy(more, 0, command, fixed.length, more.length);
    return run(command);
  }

  private int run(String... command) {
    return runIn(folder.resolve("data"), command);
  }

  private int runIn(Path data, String... command) {
    String[] all = new String[command.length + 4];
    System.arraycopy(command, 0, all, 0, command.length);
    all[command.length] = "--config";
    all[command.length + 1] = config.toString();
    all[command.length + 2] = "--data";
    all[command.length + 3] = data.toString();
    StringWriter out = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(out), all);
    said = out.toString();
    return status;
  }
}
