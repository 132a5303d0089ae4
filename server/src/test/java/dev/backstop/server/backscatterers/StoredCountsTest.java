package dev.backstop.server.backscatterers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.store.ReporterCount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a restart. */
class StoredCountsTest {
  @TempDir private Path folder;

  @Test
  void countsOutliveARestart() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends("192.0.2.7", 10, 1);
      scene.sends("2001:db8:1:2::5", 0, 3);
      List<Listing> before = scene.list.hosts();
      scene.reopen();
      assertThat(scene.list.hosts()).isEqualTo(before).hasSize(2);
      scene.sends("192.0.2.7", 1, 0);
      scene.pass(Duration.ofDays(7));
      scene.reopen();
      assertThat(scene.list.hosts().getFirst().backscatter()).isEqualTo(5.5);
    }
  }

  @Test
  void whatHasFadedIsForgottenAtTheNextStart() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.sends("192.0.2.7", 1, 0);
      scene.pass(Duration.ofDays(40));
      scene.reopen();
      assertThat(scene.list.known()).isEqualTo(1);
      scene.pass(Duration.ofDays(10));
      scene.reopen();
      assertThat(scene.list.known()).isZero();
      scene.list.save();
      assertThat(scene.store.reporters().load(10)).isEmpty();
    }
  }

  @Test
  void whatIsOddInTheStoreDoesNoHarm() throws Exception {
    try (var scene = new Scene(folder)) {
      var future = Scene.START.plus(Duration.ofDays(3650));
      scene
          .store
          .reporters()
          .save(
              List.of(
                  new ReporterCount("nonsense", "", 9, 0, Scene.START),
                  new ReporterCount("192.0.2.1", "", -9, 0, Scene.START),
                  new ReporterCount("192.0.2.2", "\u001b[31m", 9, 0, future)),
              List.of());
      scene.reopen();
      assertThat(scene.list.hosts())
          .singleElement()
          .satisfies(host -> {
            assertThat(host.block()).hasToString("192.0.2.2");
            assertThat(host.name()).isEmpty();
            assertThat(host.last()).as("no date in the future stays").isEqualTo(Scene.START);
          });
    }
  }

  @Test
  void aStoreThatIsGoneStopsNothing() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.store.close();
      scene.sends("192.0.2.7", 10, 0);
      scene.list.save();
      assertThat(scene.lists("192.0.2.7")).isTrue();
      scene.reopen();
      assertThat(scene.list.known()).as("begins with nothing").isZero();
    }
  }

  @Test
  void whenTooManyChangesWaitAllIsWrittenAnew() throws Exception {
    var changes = new Changes(3);
    var blocks = new ArrayList<Block>();
    for (int i = 1; i <= 4; i++) {
      blocks.add(Block.host(Scene.address("192.0.2." + i)));
    }
    changes.addAll(blocks.subList(0, 3));
    changes.add(blocks.getFirst());
    assertThat(changes.isEverything()).isFalse();
    assertThat(changes.size()).isEqualTo(3);
    changes.add(blocks.getLast());
    assertThat(changes.isEverything()).isTrue();
    assertThat(changes.take(10)).isEmpty();

    try (var scene = new Scene(folder)) {
      var old = new ReporterCount("198.51.100.9", "", 9, 0, Scene.START);
      scene.store.reporters().save(List.of(old), List.of());
      var counts = new Counts(10, changes::add);
      counts.add(blocks.getFirst(), "", true, Scene.START.getEpochSecond(), 1);
      try (var saver = new Saver(scene.store.reporters(), counts, changes)) {
        saver.save();
      }
      assertThat(changes.isEverything()).isFalse();
      assertThat(scene.store.reporters().load(10))
          .containsExactly(new ReporterCount("192.0.2.1", "", 1, 0, Scene.START));
    }
  }
}
