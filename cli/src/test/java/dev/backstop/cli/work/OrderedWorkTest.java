package dev.backstop.cli.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrderedWorkTest {
  private final List<Integer> taken = new ArrayList<>();

  @Test
  void resultsComeInOrderThoughTheFirstIsTheLastToEnd() throws Exception {
    try (var work = new OrderedWork<Integer>(2, 1 << 20)) {
      var second = new CountDownLatch(1);
      work.submit(
          1,
          () -> {
            second.await();
            return 1;
          });
      work.submit(
          1,
          () -> {
            second.countDown();
            return 2;
          });
      work.end();
      work.drain(taken::add, () -> {});
      assertThat(taken).containsExactly(1, 2);
    }
  }

  @Test
  void whatIsHeavierThanAllTheRoomPassesAlone() throws Exception {
    try (var work = new OrderedWork<Integer>(2, 10_000)) {
      Thread reader =
          Thread.startVirtualThread(() -> {
            try {
              for (int i = 0; i < 20; i++) {
                int number = i;
                work.submit(1_000_000, () -> number);
              }
              work.end();
            } catch (InterruptedException e) {
              work.fail(e);
            }
          });
      work.drain(taken::add, () -> {});
      reader.join();
      assertThat(taken).hasSize(20).isSorted();
    }
  }

  @Test
  void whoWaitsForRoomCanBeInterrupted() throws Exception {
    try (var work = new OrderedWork<Integer>(1, 10_000)) {
      work.submit(10_000, () -> 1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> work.submit(1, () -> 2)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void theTakerMayWantNoMore() throws Exception {
    try (var work = new OrderedWork<Integer>(1, 1 << 20)) {
      work.submit(1, () -> 1);
      work.submit(1, () -> 2);
      work.drain(
          result -> {
            taken.add(result);
            return false;
          },
          () -> {});
      assertThat(taken).containsExactly(1);
    }
  }

  @Test
  void aFailureOfTheReaderIsThrownAfterWhatWasRead() throws Exception {
    try (var work = new OrderedWork<Integer>(1, 1 << 20)) {
      work.submit(1, () -> 1);
      work.fail(new IllegalArgumentException("broken"));
      assertThatThrownBy(() -> work.drain(taken::add, () -> {})).hasRootCauseMessage("broken");
      assertThat(taken).containsExactly(1);
    }
  }

  @Test
  void whileNothingComesTheIdleWorkIsDone() throws Exception {
    try (var work = new OrderedWork<Integer>(1, 1 << 20)) {
      work.drain(taken::add, work::end);
      assertThat(taken).isEmpty();
    }
  }
}
