package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.auth.dkim.Algorithm;
import dev.backstop.auth.dkim.SigningKey;
import dev.backstop.dns.DnsName;
import dev.backstop.server.keys.dkim.DkimFile;
import dev.backstop.server.keys.dkim.DkimKey;
import dev.backstop.server.keys.dkim.DkimKeyPair;
import dev.backstop.server.keys.dkim.DkimKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of other programs taken over from the command line. */
class DkimKeysImportTest {
  private static final DkimKeyPair RSA = pair(Algorithm.RSA_SHA256);
  private static final DkimKeyPair OTHER = pair(Algorithm.RSA_SHA256);
  private static final DkimKeyPair ED25519 = pair(Algorithm.ED25519_SHA256);
  private static final String RECORD = SigningKey.record(RSA.algorithm(), RSA.publicKey());

  @TempDir Path folder;
  private Path config;
  private String said = "";

  @BeforeEach
  void anInstallation() throws Exception {
    config =
        Files.writeString(
            folder.resolve("b.toml"), "domains = [\"example.com\", \"example.net\"]\n");
  }

  @Test
  void aKeyComesInToRecogniseAndThenToSign() throws Exception {
    String key = pem("mail.private", RSA).toString();

    assertThat(one("mail", "--private-key", key)).isZero();
    assertThat(said).contains("external: another program signs with it; weak");
    assertThat(keys()).containsExactly("mail._domainkey.example.com RSA 1024 external");
    assertThat(Files.readString(data().resolve("dkim.json"))).doesNotContain("private");
    assertThat(one("mail", "--private-key", key)).isZero();
    assertThat(said).contains("is here already: external");

    assertThat(one("mail", "--private-key", key, "--sign")).isZero();
    assertThat(said).contains("signs since", "Switch off signing in the other program");
    assertThat(keys()).containsExactly("mail._domainkey.example.com RSA 1024 signing");
    assertThat(one("mail", "--private-key", key)).isZero();
    assertThat(keys()).containsExactly("mail._domainkey.example.com RSA 1024 signing");
  }

  @Test
  void whatSignedSoFarRetiresForAKeyThatShallSign() throws Exception {
    one("mail", "--private-key", pem("a", RSA).toString(), "--sign");

    assertThat(one("next", "--private-key", pem("b", OTHER).toString(), "--sign")).isZero();
    assertThat(said).contains("mail ", "retired ", "must stay in DNS until");
    assertThat(keys())
        .containsExactly(
            "mail._domainkey.example.com RSA 1024 retired",
            "next._domainkey.example.com RSA 1024 signing");
  }

  @Test
  void anotherKeyOfTheSameNameIsNotLostUnasked() throws Exception {
    one("mail", "--private-key", pem("a", RSA).toString());
    String other = pem("b", OTHER).toString();

    assertThat(one("mail", "--private-key", other)).isEqualTo(66);
    assertThat(said)
        .contains("example.com has another key named mail, which is external")
        .contains("no key was taken over");
    assertThat(one("mail", "--private-key", other, "--replace")).isZero();
    assertThat(load().keys().getFirst().publicKey()).isEqualTo(OTHER.publicKey());
  }

  @Test
  void aPublicHalfComesFromItsRecord() throws Exception {
    Path genkey =
        Files.writeString(
            folder.resolve("mail.txt"),
            "mail._domainkey\tIN\tTXT\t( \"v=DKIM1; k=rsa; \"\n\t  \""
                + RECORD.substring(RECORD.indexOf("p="), 100)
                + "\"\n\t  \""
                + RECORD.substring(100)
                + "\" )  ; ----- DKIM key mail for example.com\n");

    assertThat(one("mail", "--public", genkey.toString())).isZero();
    assertThat(one("copy", "--public", RECORD)).isZero();
    assertThat(load().keys()).extracting(DkimKey::publicKey).containsOnly(RSA.publicKey());
    assertThat(one("none", "--public", "v=DKIM1; p=")).isEqualTo(66);
    assertThat(said).contains("the key is revoked");
  }

  @Test
  void aKeyTableComesInWithAllThatCanBeRead() throws Exception {
    Files.createDirectories(folder.resolve("keys/example.com"));
    Files.createDirectories(folder.resolve("keys/example.net"));
    pem("keys/rsa.private", RSA);
    pem("keys/example.com/any.private", OTHER);
    pem("keys/example.net/any.private", OTHER);
    String inline = Base64.getEncoder().encodeToString(ED25519.privateKey().getEncoded());
    Path table =
        Files.writeString(
            folder.resolve("KeyTable"),
            """
            # comment
            a example.com:mail:%s
            b example.com:inline:%s
            c %%:any:./keys/%%/any.private
            d example.org:gone:/nowhere/gone.private
            e nonsense
            f bad domain:x:./keys/rsa.private
            g bad..domain:x:./keys/rsa.private
            """
                .formatted(folder.resolve("keys/rsa.private"), inline));

    assertThat(run("--opendkim", table.toString())).isEqualTo(1);
    assertThat(keys())
        .containsExactly(
            "any._domainkey.example.com RSA 1024 external",
            "inline._domainkey.example.com Ed25519 external",
            "mail._domainkey.example.com RSA 1024 external",
            "any._domainkey.example.net RSA 1024 external");
    assertThat(said)
        .contains("KeyTable:5: /nowhere/gone.private: it does not exist")
        .contains("KeyTable:6: it is not NAME DOMAIN:SELECTOR:KEY")
        .contains("KeyTable:8: " + folder.resolve("keys/rsa.private") + ": bad..domain is not a");
  }

  @Test
  void theSigningTableSaysWhatSigns() throws Exception {
    pem("old.private", RSA);
    pem("new.private", OTHER);
    Path keyTable =
        Files.writeString(
            folder.resolve("KeyTable"),
            "old example.com:old:./old.private\nnew example.com:new:./new.private\n");
    Path signingTable = Files.writeString(folder.resolve("SigningTable"), "*@example.com new\n");

    assertThat(
            run(
                "--opendkim",
                keyTable.toString(),
                "--signing-table",
                signingTable.toString(),
                "--sign"))
        .isZero();
    assertThat(keys())
        .containsExactly(
            "new._domainkey.example.com RSA 1024 signing",
            "old._domainkey.example.com RSA 1024 external");
  }

  @Test
  void oneKeyOfAKindSigns() throws Exception {
    pem("a.private", RSA);
    pem("b.private", OTHER);
    Path table =
        Files.writeString(
            folder.resolve("KeyTable"),
            "a example.com:a:./a.private\nb example.com:b:./b.private\nc example.com:c:./a.private\n");

    assertThat(run("--opendkim", table.toString(), "--sign")).isEqualTo(1);
    assertThat(said).contains("a signs for example.com already, so b only recognises");
    assertThat(keys())
        .containsExactly(
            "a._domainkey.example.com RSA 1024 signing",
            "b._domainkey.example.com RSA 1024 external",
            "c._domainkey.example.com RSA 1024 external");
  }

  @Test
  void aFolderOfRspamdComesIn() throws Exception {
    pem("example.com.dkim.key", RSA);
    Files.writeString(folder.resolve("example.com.ed.key"), sodium(ED25519) + "\n");
    pem("example.net.2024.key", OTHER);
    pem("nodots.key", OTHER);
    Files.writeString(folder.resolve("example.com.dkim.txt"), RECORD);

    assertThat(run("--rspamd", folder.toString(), "--sign")).isEqualTo(1);
    assertThat(said).contains("nodots.key: its name is not DOMAIN.SELECTOR.key");
    assertThat(keys())
        .containsExactly(
            "dkim._domainkey.example.com RSA 1024 signing",
            "ed._domainkey.example.com Ed25519 signing",
            "2024._domainkey.example.net RSA 1024 signing");
  }

  @Test
  void theMapsOfRspamdSayWhatSigns() throws Exception {
    Path keys = Files.createDirectory(folder.resolve("dkim"));
    pem("dkim/example.com.old.key", RSA);
    pem("dkim/example.com.a.b.key", OTHER);
    pem("else.example.net.dkim", RSA);
    Path selectors = Files.writeString(folder.resolve("selectors.map"), "# x\nexample.com a.b\n");
    Path paths =
        Files.writeString(
            folder.resolve("paths.map"), "example.net " + folder + "/else.$domain.$selector\n");

    assertThat(
            run(
                "--rspamd",
                keys.toString(),
                "--selector-map",
                selectors.toString(),
                "--path-map",
                paths.toString(),
                "--sign"))
        .isZero();
    assertThat(keys())
        .containsExactly(
            "a.b._domainkey.example.com RSA 1024 signing",
            "old._domainkey.example.com RSA 1024 external",
            "dkim._domainkey.example.net RSA 1024 signing");
  }

  @ParameterizedTest
  @CsvSource({
    // one source
    "64, --sign, give one of",
    "64, --rspamd . --opendkim x, give one of",
    "64, --selector x --public p=, one key takes --domain",
    "64, --domain a.ex --selector x --private-key y --public p=, either --private-key or --public",
    "64, --domain a.ex --selector x --public p= --sign, --sign needs private keys",
    "64, --backup x --sign, --sign needs private keys",
    // what is not there
    "66, --opendkim /none, /none: it does not exist",
    "66, --rspamd /none, /none is not a folder",
    "66, --backup /none, /none: it does not exist",
    "66, --domain a.ex --selector x --private-key /none, /none: it does not exist",
    // what is no key
    "66, --domain a.ex --selector x --private-key CONFIG, not a private key",
    "66, --domain a.ex --selector x --public CONFIG, not a key record",
    "66, --backup CONFIG, is not an export of DKIM keys: it is not JSON",
  })
  void whatCannotBeTakenOverIsSaid(int status, String command, String reason) throws Exception {
    assertThat(run(command.replace("CONFIG", config.toString()).split(" "))).isEqualTo(status);
    assertThat(said).contains(reason);
    assertThat(keys()).isEmpty();
  }

  @Test
  void aNameThatWouldSteerATerminalIsNot() throws Exception {
    pem("x.\u001b[31m.key", RSA);

    assertThat(run("--rspamd", folder.toString())).isEqualTo(66);
    assertThat(said).contains("?[31m").doesNotContain("\u001b");
  }

  private static DkimKeyPair pair(Algorithm algorithm) {
    return DkimKeyPair.generate(algorithm, 1024, new SecureRandom());
  }

  private Path pem(String name, DkimKeyPair pair) throws Exception {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.privateKey().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** As {@code rspamadm dkim_keygen -t ed25519} writes it: seed and public half in base64. */
  private static String sodium(DkimKeyPair pair) {
    byte[] both = new byte[64];
    byte[] secret = pair.privateKey().getEncoded();
    byte[] shown = pair.publicKey().getEncoded();
    System.arraycopy(secret, secret.length - 32, both, 0, 32);
    System.arraycopy(shown, shown.length - 32, both, 32, 32);
    return Base64.getEncoder().encodeToString(both);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private DkimKeys load() throws Exception {
    return new DkimFile(data()).load();
  }

  /** Name, strength and state of every key, the names of one domain in alphabetical order. */
  private Stream<String> states(DnsName domain) throws Exception {
    return load().of(domain).stream()
        .map(key -> key.recordName() + " " + key.strength() + " " + key.state().word())
        .sorted();
  }

  private List<String> keys() throws Exception {
    var all = new ArrayList<String>();
    for (DnsName domain : load().domains()) {
      all.addAll(states(domain).toList());
    }
    return all;
  }

  private int one(String selector, String... more) {
    return run(
        Stream.concat(
            Stream.of("--domain", "example.com", "--selector", selector), Stream.of(more)));
  }

  private int run(String... options) {
    return run(Stream.of(options));
  }

  private int run(Stream<String> options) {
    String[] settings = {"--config", config.toString(), "--data", data().toString()};
    String[] all =
        Stream.of(Stream.of("keys", "dkim", "import"), options, Stream.of(settings))
            .flatMap(each -> each)
            .toArray(String[]::new);
    StringWriter out = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(out), all);
    said = out.toString();
    return status;
  }
}
