package dev.backstop.cli.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows a view again and again while the world goes on, and once more at the end. */
final class Watch implements AutoCloseable {

  /** What is shown. Called by one thread at a time. */
  interface View {
    /** How long one picture stands. */
    Duration every();

    /** Shows how it is now. */
    void show();
  }

  private final View view;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;

  Watch(View view) {
    this.view = view;
    this.thread = Thread.ofPlatform().daemon().name("demo-watch").start(this::loop);
  }

  private void loop() {
    try {
      do {
        view.show();
      } while (!over.await(view.every().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    view.show();
  }
}
