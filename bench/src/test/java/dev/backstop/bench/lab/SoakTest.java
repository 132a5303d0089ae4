package dev.backstop.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.log.QuietLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two weeks of mail, with everything that happens to an installation meanwhile. */
class SoakTest {
  private static final int PHASES = 12;

  @TempDir Path folder;

  @Test
  void aShortSoakLeavesNothingWrong() throws Exception {
    assertNothingWrong(1_000);
  }

  @Test
  @Tag("whole")
  void aLongerSoakLeavesNothingWrong() throws Exception {
    assertNothingWrong(5_000);
  }

  private void assertNothingWrong(int messages) throws Exception {
    List<String> lines = new ArrayList<>();
    try (var _ = new QuietLog();
        var soak = new Soak(folder, messages, lines::add)) {
      assertThat(soak.run()).isEmpty();
    }
    assertThat(lines).hasSize(1 + PHASES);
  }
}
