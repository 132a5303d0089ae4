package dev.backstop.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code backstop serve} in a process of its own, so that it can be stopped, killed and started
 * again with the same data.
 */
public final class BackstopProcess implements AutoCloseable {
  private static final long LONGEST_SECONDS = 20;

  private final Path folder;
  private final int milter = Ports.free();
  private final int table = Ports.free();
  private final int web = Ports.free();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Undertaker undertaker;
  private @Nullable Process process;

  /** Does not start it yet. */
  public BackstopProcess() {
    try {
      folder = Files.createTempDirectory("backstop-serve-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    undertaker =
        new Undertaker(
            "test ! -f \"$1/pid\" || kill -9 \"$(cat \"$1/pid\")\"; rm -rf \"$1\"",
            folder.toString());
  }

  /** Replaces the configuration; it counts at the next start or reload. */
  public void configure(String settings) {
    write(
        "backstop.toml",
        settings
            + """
            [milter]
            listen = ["127.0.0.1:%d"]
            [table]
            listen = ["127.0.0.1:%d"]
            [web]
            listen = ["127.0.0.1:%d"]
            """
                .formatted(milter, table, web));
  }

  /** Starts it and waits until it is ready. */
  public void start() {
    try {
      Process started =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
      process = started;
      write("pid", Long.toString(started.pid()));
      Await.until("Backstop to be ready", () -> isReady(started));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What starts it, for tests that start it themselves. */
  public List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.backstop.cli.Main",
        "serve",
        "--config",
        folder.resolve("backstop.toml").toString(),
        "--data",
        data().toString());
  }

  private boolean isReady(Process started) {
    if (!started.isAlive()) {
      throw new AssertionError("Backstop ended with " + started.exitValue() + "\n" + log());
    }
    return answersReady();
  }

  /** Whether one that was started with that configuration says that it is ready. */
  public boolean answersReady() {
    try {
      URI uri = URI.create("http://127.0.0.1:" + web + "/health/ready");
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** SIGTERM, and waits for the end. */
  public void stop() {
    running().destroy();
    awaitEnd();
  }

  /** SIGKILL, and waits for the end. */
  public void kill() {
    running().destroyForcibly();
    awaitEnd();
  }

  /** SIGHUP: reads the configuration again. */
  public void reload() {
    Shell.run("kill", "-HUP", Long.toString(running().pid()));
  }

  public boolean isRunning() {
    return running().isAlive();
  }

  private void awaitEnd() {
    try {
      if (!running().waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Backstop does not end\n" + log());
      }
      Files.delete(folder.resolve("pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process running() {
    return Objects.requireNonNull(process, "not started");
  }

  public int milterPort() {
    return milter;
  }

  public int tablePort() {
    return table;
  }

  /** Where configuration, log and data are. */
  public Path folder() {
    return folder;
  }

  public Path data() {
    return folder.resolve("data");
  }

  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      stop();
    }
    undertaker.close();
  }
}
