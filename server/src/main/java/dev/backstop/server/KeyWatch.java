package dev.backstop.server;

import dev.backstop.server.keys.SecretFile;
import dev.backstop.server.keys.UnusableKeyFileException;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that {@code backstop keys} changed a key file, so that a rotation needs no restart.
 *
 * @param <T> what the file holds
 */
final class KeyWatch<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
  private static final int SECONDS = 5;

  private final SecretFile<T> file;
  private final Consumer<T> use;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backstop-key-watch").factory());
  private FileTime seen;

  KeyWatch(SecretFile<T> file, Consumer<T> use) {
    this.file = file;
    this.use = use;
    this.seen = file.modified();
  }

  void start() {
    var _ = timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  /** Called by the timer's one thread. */
  void look() {
    FileTime now = file.modified();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      use.accept(file.load());
    } catch (UnusableKeyFileException e) {
      LOG.atError()
          .addKeyValue("file", file.path())
          .addKeyValue("reason", e.getMessage())
          .addKeyValue("consequence", "the keys in memory stay")
          .log("keys-unusable");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
