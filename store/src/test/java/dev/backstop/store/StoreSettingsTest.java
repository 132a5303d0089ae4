package dev.backstop.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
  @Test
  void defaults() {
    assertThat(StoreSettings.DEFAULTS)
        .isEqualTo(
            new StoreSettings(
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofDays(30),
                1_000_000,
                Duration.ofMinutes(2)));
  }

  @Test
  void valuesOutsideTheirRangeAreRefusedByName() {
    assertThatThrownBy(() -> settings(Duration.ofHours(1), 1)).hasMessageContaining("journalKeep");
    assertThatThrownBy(() -> settings(Duration.ofDays(400), 1)).hasMessageContaining("journalKeep");
    assertThatThrownBy(() -> settings(Duration.ofDays(3), 0)).hasMessageContaining("eventsMost");
  }

  private static StoreSettings settings(Duration journalKeep, long eventsMost) {
    return new StoreSettings(
        journalKeep, Duration.ofDays(7), Duration.ofDays(1), eventsMost, Duration.ZERO);
  }
}
