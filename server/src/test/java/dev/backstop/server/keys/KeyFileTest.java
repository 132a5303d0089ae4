package dev.backstop.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @TempDir Path folder;

  @Test
  void keysAreMadeOnceAndReadableByTheirOwnerOnly() throws Exception {
    var file = new KeyFile(folder.resolve("data"));

    Keys made = file.loadOrCreate(new SecureRandom(), CLOCK);

    assertThat(made.tags().signing().number()).isZero();
    assertThat(made.tags().signing().secret()).hasSize(32).isNotEqualTo(made.journal());
    assertThat(file.loadOrCreate(new SecureRandom(), CLOCK)).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(file.readableByOthers()).isFalse();
  }

  @Test
  void aFileThatOthersMayReadIsNoticed() throws Exception {
    var file = new KeyFile(folder);
    file.loadOrCreate(new SecureRandom(), CLOCK);
    Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(file.readableByOthers()).isTrue();
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    var file = new KeyFile(folder);
    file.loadOrCreate(new SecureRandom(), CLOCK);
    Keys rotated =
        file.update(keys ->
            keys.withTags(keys.tags().rotated("next".getBytes(StandardCharsets.US_ASCII), NOW)));

    assertThat(file.load()).isEqualTo(rotated);
    assertThat(file.load().tags().keys()).hasSize(2);
    assertThat(KeyJson.parse(new String(KeyJson.render(rotated), StandardCharsets.UTF_8)))
        .isEqualTo(rotated);
  }

  @Test
  void aFileThatIsNoKeyFileIsNeverOverwritten() throws Exception {
    var file = new KeyFile(folder);
    Files.writeString(file.path(), "{\"version\":1,\"journal\":\"AAAA\",\"tags\":[]}");

    assertThatThrownBy(() -> file.loadOrCreate(new SecureRandom(), CLOCK))
        .isInstanceOf(UnusableKeyFileException.class)
        .hasMessageContaining("exactly one key must sign")
        .hasMessageContaining("restore it from a backup");
    assertThatThrownBy(() -> file.update(keys -> keys))
        .isInstanceOf(UnusableKeyFileException.class);
    assertThat(Files.readString(file.path())).contains("AAAA");
  }

  @Test
  void aChangeThatFailsLeavesTheFileAsItWas() throws Exception {
    var file = new KeyFile(folder);
    Keys before = file.loadOrCreate(new SecureRandom(), CLOCK);

    assertThatThrownBy(() ->
            file.update(_ -> {
              throw new IllegalStateException("no");
            }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file.load()).isEqualTo(before);
  }
}
