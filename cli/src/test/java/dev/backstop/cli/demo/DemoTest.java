package dev.backstop.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoTest {

  /** Tags signed before are wrong, and the journal is empty: genuine answers get lost. */
  @Test
  void otherKeysInTheMiddleOfTheMonthDoNotStayUnseen() {
    var demo = new Demo();
    try (var first = RealBackstop.start(demo.clock());
        var second = RealBackstop.start(demo.clock())) {
      demo.run(() -> (demo.passed().toDays() < 15 ? first : second).milter(), 1, 10, Duration.ZERO);
    }
    assertThat(demo.score().tally().isRight()).isFalse();
    assertThat(demo.score().mistakes())
        .isNotEmpty()
        .allMatch(mistake -> mistake.arrival().truth() == Truth.GENUINE);
  }

  @Test
  void theSameSeedIsTheSameMonth() {
    assertThat(month(3)).isEqualTo(month(3)).isNotEqualTo(month(4));
  }

  private static Tally month(long seed) {
    var demo = new Demo();
    try (var milter = new FalseMilter(false)) {
      demo.run(milter::address, seed, 50, Duration.ZERO);
    }
    return demo.score().tally();
  }

  @Test
  void aMilterThatIsNotThereEndsTheDemo() {
    SocketAddress address;
    try (var milter = new FalseMilter(false)) {
      address = milter.address();
    }
    assertThatThrownBy(() -> new Demo().run(() -> address, 1, 10, Duration.ZERO))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void nothingIsKept() {
    Path folder;
    try (var backstop = RealBackstop.start(new Demo().clock())) {
      folder = backstop.folder();
      assertThat(folder.resolve("data/keys.json")).exists();
    }
    assertThat(Files.exists(folder)).isFalse();
  }
}
