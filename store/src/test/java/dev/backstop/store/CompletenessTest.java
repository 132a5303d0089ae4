package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletenessTest {
  @TempDir private Path directory;

  @Test
  void theMarkIsGoneBeforeTheCallerHearsOfTheFailure() {
    Path marker = directory.resolve("mark");
    var completeness = new Completeness(marker);
    completeness.covered(0);
    assertThat(marker).exists();
    completeness.lost();
    assertThat(marker).doesNotExist();
    assertThat(completeness.isWhole()).isFalse();
  }

  @Test
  void aFailureDuringTheResetIsNotCoveredByIt() {
    var completeness = new Completeness(directory.resolve("mark"));
    completeness.lost();
    long seen = completeness.failures();
    completeness.lost();
    completeness.covered(seen);
    assertThat(completeness.isWhole()).isFalse();
    assertThat(completeness.isMarked()).isFalse();
    completeness.covered(completeness.failures());
    assertThat(completeness.isWhole()).isTrue();
    assertThat(completeness.isMarked()).isTrue();
  }

  @Test
  void aMarkThatCannotBeWrittenIsTriedAgain() throws Exception {
    Path folder = directory.resolve("later");
    var completeness = new Completeness(folder.resolve("mark"));
    completeness.covered(0);
    assertThat(completeness.isMarked()).isFalse();
    Files.createDirectory(folder);
    completeness.mark();
    assertThat(completeness.isMarked()).isTrue();
    assertThat(folder.resolve("mark")).exists();
  }

  /** A full disk leaves an empty file behind; a later failure must remove that too. */
  @Test
  void aMarkHalfWrittenIsRemoved() throws Exception {
    Path folder = directory.resolve("later");
    var completeness = new Completeness(folder.resolve("mark"));
    completeness.covered(0); // fails
    Files.createDirectory(folder);
    Files.createFile(folder.resolve("mark"));
    completeness.lost();
    assertThat(folder.resolve("mark")).doesNotExist();
  }
}
