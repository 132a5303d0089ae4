package dev.backstop.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {
  private static final Path FILE = Path.of("/etc/backstop/backstop.toml");
  private static final Map<String, String> HOME = Map.of("HOME", "/home/user");

  @Test
  void theFlagWins() throws Exception {
    assertThat(DataFolder.of(Path.of("/flag"), config("data = \"/key\""), FILE, HOME))
        .hasToString("/flag");
  }

  @Test
  void theKeyIsRelativeToTheFile() throws Exception {
    assertThat(DataFolder.of(null, config("data = \"/key\""), FILE, HOME)).hasToString("/key");
    assertThat(DataFolder.of(null, config("data = \"../key\""), FILE, HOME))
        .hasToString("/etc/key");
  }

  @Test
  void besideTheFileWhenThereIsOne() throws Exception {
    assertThat(DataFolder.of(null, config(""), FILE, HOME)).hasToString("/etc/backstop/data");
  }

  @Test
  void theUsersStateFolderOtherwise() {
    BackstopConfig config = BackstopConfig.defaults();
    assertThat(DataFolder.of(null, config, null, HOME))
        .hasToString("/home/user/.local/state/backstop");
    assertThat(DataFolder.of(null, config, null, Map.of("XDG_STATE_HOME", "/state")))
        .hasToString("/state/backstop");
    assertThat(
            DataFolder.of(
                null, config, null, Map.of("XDG_STATE_HOME", "rel", "HOME", "/home/user")))
        .as("relative values are ignored")
        .hasToString("/home/user/.local/state/backstop");
  }

  private static BackstopConfig config(String text) throws ConfigException {
    return ConfigReader.parse(text, FILE);
  }
}
