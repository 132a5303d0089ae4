package dev.backstop.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  @Test
  void buffersAreUsedAgain() {
    var pool = new BufferPool(1 << 20);
    byte[] first = Objects.requireNonNull(pool.take(100));
    assertThat(first).hasSizeGreaterThanOrEqualTo(100);
    assertThat(pool.used()).isEqualTo(first.length);
    pool.give(first);
    assertThat(pool.used()).isZero();
    assertThat(pool.take(200)).isSameAs(first);
  }

  @Test
  void budgetHoldsForBuffersAndReservationsTogether() {
    var pool = new BufferPool(40_000);
    byte[] first = Objects.requireNonNull(pool.take(1));
    assertThat(pool.reserve(10_000)).isTrue();
    assertThat(pool.take(1)).isNull();
    pool.release(10_000);
    assertThat(pool.take(1)).isNotNull();
    assertThat(pool.reserve(10_000)).isFalse();
    pool.give(first);
    assertThat(pool.reserve(10_000)).isTrue();
  }

  @Test
  void lengthsBeyondTheSizesAreMadeToMeasure() {
    var pool = new BufferPool(10 << 20);
    byte[] large = Objects.requireNonNull(pool.take(3_000_001));
    assertThat(large).hasSize(3_000_001);
    pool.give(large);
    assertThat(pool.used()).isZero();
  }
}
