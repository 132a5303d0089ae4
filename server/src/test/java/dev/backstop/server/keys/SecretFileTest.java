package dev.backstop.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both key files do, with a text of at most ten octets. */
class SecretFileTest {
  @TempDir Path folder;

  private static final class TextFile extends SecretFile<String> {
    TextFile(Path folder) {
      super(folder, "text.json", 10);
    }

    @Override
    protected String parse(String text) {
      return text;
    }

    @Override
    protected byte[] render(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected String absent() {
      return "";
    }

    @Override
    protected String mend() {
      return "mend it";
    }
  }

  @Test
  void whatCouldNotBeReadAgainIsNotWritten() throws Exception {
    var file = new TextFile(folder);
    file.replace("0123456789");

    assertThatThrownBy(() -> file.update(old -> old + "x"))
        .isInstanceOf(UnusableKeyFileException.class)
        .hasMessageContaining("would have more than 10 octets; it stays as it was");
    assertThat(file.load()).isEqualTo("0123456789");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws Exception {
    var file = new TextFile(folder);
    Files.writeString(file.path(), "0123456789x");

    assertThatThrownBy(file::load).hasMessageContaining("larger than any key file of ours");
  }

  @Test
  void whatACrashLeftBehindIsInNobodysWay() throws Exception {
    var file = new TextFile(folder);
    Path left = Files.writeString(folder.resolve("text.json.new"), "half");
    Files.setPosixFilePermissions(left, PosixFilePermissions.fromString("rw-rw-rw-"));

    file.replace("whole");

    assertThat(file.load()).isEqualTo("whole");
    assertThat(file.readableByOthers()).isFalse();
    assertThat(left).doesNotExist();
  }

  @Test
  void aFolderInItsPlaceIsSaid() throws Exception {
    var file = new TextFile(folder);
    Files.createDirectory(file.path());

    assertThatThrownBy(file::load).hasMessageContaining("cannot read " + file.path());
  }
}
