package dev.backstop.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;

class ConfigFuzzTest {
  private static final Path FILE = Path.of("/etc/backstop.toml");

  /**
   * Any text is a configuration or a list of problems; what was read can be shown and read again.
   */
  @FuzzTest
  void anyTextIsAConfigurationOrProblems(FuzzedDataProvider data) throws ConfigException {
    BackstopConfig config;
    try {
      config = ConfigReader.parse(data.consumeRemainingAsString(), FILE);
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
      return;
    }
    assertThat(ConfigReader.parse(ConfigText.render(config), FILE)).isEqualTo(config);
  }
}
