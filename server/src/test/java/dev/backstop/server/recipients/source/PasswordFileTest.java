package dev.backstop.server.recipients.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
  @TempDir Path folder;

  @Test
  void theLineEndIsNotPartOfThePassword() throws Exception {
    assertThat(new PasswordFile(written(" secret word\n")).read()).isEqualTo(" secret word");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "one\ntwo"})
  void whatIsNoLineIsRefusedWithoutBeingShown(String text) throws Exception {
    var file = new PasswordFile(written(text));
    assertThatThrownBy(file::read)
        .hasMessage(file.file() + " must hold one line of 1 to 1024 octets");
  }

  @Test
  void whatIsTooLongOrMissingIsRefused() throws Exception {
    assertThat(new PasswordFile(written("x".repeat(1024))).read()).hasSize(1024);
    assertThatThrownBy(new PasswordFile(written("x".repeat(1025)))::read)
        .hasMessageContaining("1 to 1024");
    assertThatThrownBy(new PasswordFile(folder.resolve("none"))::read)
        .hasMessage("cannot read " + folder.resolve("none") + ": NoSuchFileException");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe4});
    assertThatThrownBy(new PasswordFile(latin)::read).hasMessage(latin + " is not UTF-8 text");
  }

  @Test
  void itIsSeenWhenOthersMayReadIt() throws Exception {
    Path file = written("secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(new PasswordFile(file).isReadableByOthers()).isTrue();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(new PasswordFile(file).isReadableByOthers()).isFalse();
  }

  private Path written(String text) throws Exception {
    return Files.writeString(folder.resolve("password"), text);
  }
}
