package dev.backstop.server.recipients.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.recipients.source.Finding;
import dev.backstop.server.recipients.source.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class LdapSourceTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private @TempDir Path folder;
  private Directory directory;
  private Path password;

  @BeforeEach
  void start() throws Exception {
    directory = new Directory(folder);
    password = Files.writeString(folder.resolve("password"), Directory.PASSWORD + "\n");
  }

  @AfterEach
  void stop() {
    directory.close();
  }

  @ParameterizedTest
  @CsvSource({
    "anna@ours.test, Known",
    "ANNA@OURS.test, Known",
    "anna+news@ours.test, Known",
    "info@ours.test, Known", // two entries have it
    "'\"a*b(c)\"@ours.test', Known",
    "eve@ours.test, Unknown",
    "*@ours.test, Unknown",
    "'\"*)(mail=anna\"@ours.test', Unknown",
    "'\"a\\\\*b(c)\"@ours.test', Unknown",
    "a*@ours.test, Unknown",
    "jürgen@ours.test, Unknown",
  })
  void anEntryMeansThatTheAddressExistsAndNothingInTheAddressIsAPattern(
      String address, String finding) throws Exception {
    try (LdapSource source = source(directory.tls())) {
      assertThat(ask(source, address).getClass().getSimpleName()).isEqualTo(finding);
    }
  }

  @Test
  void theFilterHasItsOwnPlaces() throws Exception {
    try (LdapSource source =
        source(directory.tls(), "filter = \"(&(uid={local})(mail=*@{domain}))\"")) {
      assertThat(ask(source, "star@ours.test")).isInstanceOf(Finding.Known.class);
      assertThat(ask(source, "star@other.test")).isInstanceOf(Finding.Unknown.class);
    }
  }

  @Test
  void startTlsComesBeforeThePassword() throws Exception {
    try (LdapSource source = source(directory.plain())) {
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Known.class);
    }
    try (LdapSource source = source(directory.plain(), "start-tls = false")) {
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Known.class);
    }
  }

  @Test
  void aCertificateOfAnotherNameIsNotBelieved() throws Exception {
    for (String url : List.of(directory.plain(), directory.tls())) {
      try (LdapSource source = source(url.replace("localhost", "127.0.0.1"))) {
        assertThat(ask(source, "anna@ours.test"))
            .as(url)
            .isInstanceOfSatisfying(
                Finding.Failed.class,
                failed -> assertThat(failed.detail()).contains("No subject alternative"));
      }
    }
  }

  @Test
  void aCertificateOfAStrangerIsNotBelieved() throws Exception {
    for (String url : List.of(directory.plain(), directory.tls())) {
      try (LdapSource source = sourceOf(url, "")) {
        assertThat(ask(source, "anna@ours.test")).as(url).isInstanceOf(Finding.Failed.class);
      }
    }
  }

  @Test
  void aWrongPasswordIsNotShownAndTheNextOneIsRead() throws Exception {
    Files.writeString(password, "wrong-secret");
    try (LdapSource source = source(directory.tls())) {
      assertThat(ask(source, "anna@ours.test"))
          .isInstanceOfSatisfying(
              Finding.Failed.class,
              failed ->
                  assertThat(failed.detail())
                      .contains("invalid credentials")
                      .doesNotContain("wrong-secret"));
      Files.writeString(password, Directory.PASSWORD);
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Known.class);
    }
  }

  @Test
  void aMissingPasswordFileOrCertificateIsSaid() throws Exception {
    try (LdapSource source = source(directory.tls())) {
      Files.delete(password);
      assertThat(ask(source, "anna@ours.test").detail()).contains("cannot read " + password);
      Files.writeString(password, Directory.PASSWORD);
      Files.writeString(directory.authorities(), "nothing");
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Failed.class);
    }
  }

  @Test
  void aBaseThatIsNotThereTellsNobodyThatHeDoesNotExist() throws Exception {
    try (LdapSource source =
        sourceOf(directory.tls(), authorities() + "base = \"dc=other,dc=test\"\n")) {
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Failed.class);
    }
  }

  @Test
  void theFirstServerThatAnswersIsAsked() throws Exception {
    try (LdapSource source = source("ldap://localhost:1\", \"" + directory.tls())) {
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Known.class);
    }
  }

  @Test
  void aServerThatComesBackIsAskedAgain() throws Exception {
    try (LdapSource source = source(directory.tls())) {
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Known.class);
      directory.stop();
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Failed.class);
      directory.startAgain();
      assertThat(ask(source, "anna@ours.test")).isInstanceOf(Finding.Known.class);
    }
  }

  @Test
  void manyShareAFewConnections() throws Exception {
    var known = new AtomicInteger();
    try (LdapSource source = source(directory.tls())) {
      var done = new CountDownLatch(100);
      for (int i = 0; i < 100; i++) {
        Thread.startVirtualThread(() -> {
          try {
            known.addAndGet(ask(source, "anna@ours.test") instanceof Finding.Known ? 1 : 0);
          } finally {
            done.countDown();
          }
        });
      }
      done.await();
    }
    assertThat(known).hasValue(100);
  }

  @Test
  void afterTheEndNobodyIsAsked() throws Exception {
    LdapSource source = source(directory.tls());
    source.close();
    assertThat(ask(source, "anna@ours.test").detail()).contains("not asked any more");
  }

  private static Finding ask(LdapSource source, String address) {
    int at = address.lastIndexOf('@');
    var mailbox = new Mailbox(address.substring(0, at), address.substring(at + 1));
    return source.ask(Wanted.of(mailbox, "+"), LIMIT);
  }

  private LdapSource source(String url, String... more) throws Exception {
    List<String> lines = new ArrayList<>(List.of(authorities(), "base = \"dc=ours,dc=test\""));
    lines.addAll(List.of(more));
    return sourceOf(url, String.join("\n", lines));
  }

  private String authorities() {
    return "authorities = \"" + directory.authorities() + "\"\n";
  }

  private LdapSource sourceOf(String url, String more) throws Exception {
    Path file = folder.resolve("backstop.toml");
    Files.writeString(
        file,
        """
        [recipients.ldap]
        urls = ["%s"]
        bind-dn = "%s"
        password-file = "%s"
        %s
        %s
        """
            .formatted(
                url,
                Directory.BIND_DN,
                password,
                more.contains("base") ? "" : "base = \"dc=ours,dc=test\"",
                more));
    return new LdapSource(ConfigReader.read(file).recipients().ldap(), LIMIT);
  }
}
