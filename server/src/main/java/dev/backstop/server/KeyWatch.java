package dev.backstop.server;

import dev.backstop.server.keys.KeyFile;
import dev.backstop.server.keys.Keys;
import dev.backstop.server.keys.UnusableKeyFileException;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that {@code backstop keys} changed the key file, so that a rotation needs no restart. */
final class KeyWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
  private static final int SECONDS = 5;

  private final KeyFile file;
  private final Consumer<Keys> use;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("backstop-key-watch").factory());
  private FileTime seen;

  KeyWatch(KeyFile file, Consumer<Keys> use) {
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
