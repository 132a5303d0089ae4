package dev.backstop.server.keys.dkim;

import static dev.backstop.server.keys.dkim.Samples.DOMAIN;
import static dev.backstop.server.keys.dkim.Samples.ED25519;
import static dev.backstop.server.keys.dkim.Samples.NOW;
import static dev.backstop.server.keys.dkim.Samples.RSA;
import static dev.backstop.server.keys.dkim.Samples.external;
import static dev.backstop.server.keys.dkim.Samples.fresh;
import static dev.backstop.server.keys.dkim.Samples.signing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.server.keys.UnusableKeyFileException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimFileTest {
  private static final DkimKeys RING =
      new DkimKeys(
          List.of(
              signing("r", RSA),
              fresh("e", ED25519),
              external("x", RSA),
              external("old", ED25519).retired(NOW)));

  @TempDir Path folder;

  @Test
  void noFileMeansNoKeys() throws Exception {
    var file = new DkimFile(folder.resolve("data"));

    assertThat(file.load()).isEqualTo(DkimKeys.NONE);
    assertThat(file.modified()).isEqualTo(FileTime.fromMillis(0));
    assertThat(file.exists()).isFalse();
  }

  @Test
  void whatIsWrittenIsReadBackByItsOwnerOnly() throws Exception {
    Path data = folder.resolve("data");
    var file = new DkimFile(data);

    file.update(_ -> RING);

    assertThat(file.load()).isEqualTo(RING);
    assertThat(permissions(file.path())).isEqualTo("rw-------");
    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(file.readableByOthers()).isFalse();
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("dkim.json", "dkim.lock");
    }
  }

  @Test
  void onlyKeysThatSignOrWillHaveASecretInTheFile() throws Exception {
    var file = new DkimFile(folder);
    file.replace(new DkimKeys(List.of(signing("r", RSA).retired(NOW), external("e", ED25519))));

    assertThat(Files.readString(file.path())).doesNotContain("private");
  }

  @Test
  void aWatcherSeesThatItChanged() throws Exception {
    var file = new DkimFile(folder);
    file.replace(RING);
    Files.setLastModifiedTime(file.path(), FileTime.from(NOW));

    file.update(ring -> ring.without(external("x", RSA)));

    assertThat(file.modified()).isNotEqualTo(FileTime.from(NOW));
  }

  @ParameterizedTest
  @CsvSource({
    // another file, or half of one
    "'', it has no `version` 1",
    "'{\"version\":1', it is not JSON",
    "'{\"version\":2,\"dkim\":[]}', it has no `version` 1",
    "'{\"version\":1,\"journal\":\"AAAA\",\"tags\":[]}', with a list `dkim`",
    "'[]', it has no `version` 1",
    // half a key
    "'{\"version\":1,\"dkim\":[1]}', `domain` is no domain name",
    "'{\"version\":1,\"dkim\":[{\"domain\":\"a.ex\",\"selector\":\"s\"}]}', `algorithm` is neither",
  })
  void aDamagedFileIsNeverOverwritten(String damaged, String reason) throws Exception {
    var file = new DkimFile(folder);
    Files.writeString(file.path(), damaged);

    for (var attempt : List.<Attempt>of(file::load, () -> file.update(ring -> ring))) {
      assertThatThrownBy(attempt::run)
          .isInstanceOf(UnusableKeyFileException.class)
          .hasMessageContaining(reason)
          .hasMessageContaining("restore it from a backup");
    }
    assertThat(Files.readString(file.path())).isEqualTo(damaged);
  }

  private interface Attempt {
    void run() throws UnusableKeyFileException;
  }

  @ParameterizedTest
  @CsvSource({
    "'\"state\" : \"signing\"', '\"state\" : \"sings\"', `state` is none of",
    "'\"selector\" : \"r\"', '\"selector\" : \"r;\"', letters",
    "'\"algorithm\" : \"rsa\"', '\"algorithm\" : \"ed25519\"', not a public key of the kind ed25519",
    "'\"created\" : \"2', '\"created\" : \"x', `created` is not a time",
    "'\"signing\" : \"2', '\"signing\" : \"x', `signing` is not a time",
    "'\"private\" : \"M', '\"private\" : \"*', `private` is not base64",
    "'\"private\" : \"', '\"private\" : \"AAAA', not a private key",
  })
  void whatIsWrongWithAKeyIsSaidWithoutItsSecret(String right, String wrong, String reason) {
    String text = json(new DkimKeys(List.of(signing("r", RSA)))).replace(right, wrong);

    assertThatThrownBy(() -> DkimJson.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of example.com: ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining(Samples.base64(RSA.privateKey().getEncoded()).substring(5, 50));
  }

  @Test
  void halvesOfDifferentKeysAreRefused() {
    String other = Samples.base64(Samples.pair(RSA.algorithm()).publicKey().getEncoded());
    String mixed =
        json(new DkimKeys(List.of(signing("r", RSA))))
            .replace(Samples.base64(RSA.publicKey().getEncoded()), other);

    assertThatThrownBy(() -> DkimJson.parse(mixed)).hasMessageContaining("do not belong together");
  }

  @Test
  void twoProcessesLoseNoChangeOfEachOther() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + testClassPath(),
                Other.class.getName(),
                folder.toString())
            .inheritIO()
            .start();

    Other.add(folder, "here");

    assertThat(other.waitFor()).isZero();
    assertThat(new DkimFile(folder).load().of(DOMAIN)).hasSize(2 * Other.KEYS);
  }

  /** What another process does to the same file. */
  static final class Other {
    static final int KEYS = 12;

    private Other() {}

    public static void main(String[] args) throws Exception {
      add(Path.of(args[0]), "there");
    }

    static void add(Path folder, String name) throws Exception {
      var file = new DkimFile(folder);
      for (int i = 0; i < KEYS; i++) {
        DkimKey key = external(name + i, ED25519);
        file.update(ring -> ring.with(List.of(key), NOW));
      }
    }
  }

  private static String testClassPath() {
    return System.getProperty("surefire.test.class.path", "");
  }

  private static String json(DkimKeys keys) {
    return new String(DkimJson.render(keys), StandardCharsets.UTF_8);
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
