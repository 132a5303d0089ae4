package dev.backstop.server.backscatterers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TallyTest {
  private static final long WEEK = 7 * 86_400;

  @Test
  void eachHalfLifeHalvesBothCounts() {
    var tally = new Tally(8, 4, 1_000);
    assertThat(tally.at(1_000 + WEEK, WEEK)).isEqualTo(new Tally(4, 2, 1_000 + WEEK));
    assertThat(tally.at(1_000 + 3 * WEEK, WEEK)).isEqualTo(new Tally(1, 0.5, 1_000 + 3 * WEEK));
    assertThat(tally.at(1_000 + WEEK / 2, WEEK).backscatter())
        .isCloseTo(8 / Math.sqrt(2), within(1e-9));
    assertThat(tally.at(Long.MAX_VALUE / 2, WEEK).total()).isZero();
  }

  @Test
  void anAnswerIsAddedToWhatIsLeft() {
    Tally tally = Tally.NONE.with(true, 0, WEEK).with(true, WEEK, WEEK).with(false, WEEK, WEEK);
    assertThat(tally).isEqualTo(new Tally(1.5, 1, WEEK));
    assertThat(tally.share()).isEqualTo(0.6);
    assertThat(Tally.NONE.share()).isZero();
  }

  @Test
  void aClockThatIsSetBackNeitherAddsNorTakes() {
    var tally = new Tally(8, 4, WEEK);
    assertThat(tally.at(0, WEEK)).isEqualTo(tally);
    assertThat(tally.with(true, 0, WEEK)).isEqualTo(new Tally(9, 4, WEEK));
  }

  @Test
  void whoCountsMoreDoesSoAtAnyTime() {
    var old = new Tally(8, 0, 0);
    var young = new Tally(1.5, 0, 2 * WEEK);
    assertThat(old.strength(WEEK)).isGreaterThan(young.strength(WEEK));
    for (long then : new long[] {2 * WEEK, 5 * WEEK, 20 * WEEK}) {
      assertThat(old.at(then, WEEK).total()).isGreaterThan(young.at(then, WEEK).total());
    }
    assertThat(new Tally(8, 0, 0).plus(young, WEEK)).isEqualTo(new Tally(3.5, 0, 2 * WEEK));
  }

  @Test
  void damagedNumbersAreNotSound() {
    assertThat(new Tally(1, 0, 0).isSound()).isTrue();
    assertThat(new Tally(-1, 0, 0).isSound()).isFalse();
    assertThat(new Tally(1, Double.NaN, 0).isSound()).isFalse();
    assertThat(new Tally(Double.POSITIVE_INFINITY, 0, 0).isSound()).isFalse();
  }
}
