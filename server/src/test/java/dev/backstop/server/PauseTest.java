package dev.backstop.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.server.config.BackstopConfig;
import dev.backstop.server.config.ConfigReader;
import dev.backstop.server.keys.KeyFile;
import dev.backstop.store.Store;
import dev.backstop.store.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the journal is complete across a restart. */
class PauseTest {
  private static final String CLOSED =
      """
      domains = ["ours.test"]
      milter.listen = []
      table.listen = []
      web.listen = []
      """;

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void unlessConfiguredEveryPauseMayBeAGap() throws Exception {
    Optional<Instant> before = completeSince(CLOSED);
    now = now.plusSeconds(1);
    assertThat(completeSince(CLOSED)).isPresent().isNotEqualTo(before);
  }

  @Test
  void whereMailWaitsAShortPauseIsNone() throws Exception {
    String tolerant = CLOSED + "journal.pause-tolerated = \"10m\"\n";
    Optional<Instant> before = completeSince(tolerant);
    now = now.plus(Duration.ofMinutes(9));
    assertThat(completeSince(tolerant)).isPresent().isEqualTo(before);
    now = now.plus(Duration.ofMinutes(11));
    assertThat(completeSince(tolerant)).isPresent().isNotEqualTo(before);
  }

  private Optional<Instant> completeSince(String toml) throws Exception {
    BackstopConfig config =
        ConfigReader.read(Files.writeString(folder.resolve("backstop.toml"), toml));
    Path data = folder.resolve("data");
    try (BackstopServer server = BackstopServer.start(config, data, () -> now);
        Store store =
            Store.openReadOnly(
                data, new KeyFile(data).load().journal(), StoreSettings.DEFAULTS, () -> now)) {
      assertThat(server.milterAddresses()).isEmpty();
      return store.journal().completeSince("ours.test");
    }
  }
}
