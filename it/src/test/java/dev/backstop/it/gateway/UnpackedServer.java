package dev.backstop.it.gateway;

import dev.backstop.it.Await;
import dev.backstop.it.SmtpClient;
import dev.backstop.it.Undertaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A server of a package that {@code it/gateway/unpack.sh} laid beside the installed ones. All that
 * it writes is in one temporary folder; it ends when this process does.
 */
final class UnpackedServer implements AutoCloseable {
  private static final Path SCRIPTS =
      Path.of(System.getProperty("backstop.root", ".."), "it", "gateway");

  private final Path folder;
  private final Undertaker undertaker;

  /** Makes its folder and starts nothing yet. */
  UnpackedServer(String name) {
    try {
      folder = Files.createTempDirectory("backstop-" + name + "-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    undertaker =
        new Undertaker(
            "test ! -f \"$1/pid\" || kill -9 \"$(cat \"$1/pid\")\"; rm -rf \"$1\"",
            folder.toString());
  }

  /** Where unpack.sh put that package. */
  static Path unpacked(String name) {
    String cache =
        System.getenv().getOrDefault("XDG_CACHE_HOME", System.getenv("HOME") + "/.cache");
    String base = System.getenv().getOrDefault("UNPACKED", cache + "/backstop-it");
    return Path.of(base, name);
  }

  Path folder() {
    return folder;
  }

  void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param users that it needs
   * @param command of a shell; {@code $1} is the folder
   */
  void start(String packageName, String users, String command, int port) {
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      SCRIPTS.resolve("beside.sh").toString(),
                      unpacked(packageName).toString(),
                      users,
                      "sh",
                      "-c",
                      command,
                      "sh",
                      folder.toString()))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
      write("pid", Long.toString(process.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(packageName + " on port " + port, () -> answers(port));
  }

  private static boolean answers(int port) {
    try (var _ = new SmtpClient("127.0.0.3", port)) {
      return true;
    } catch (UncheckedIOException | AssertionError _) {
      return false;
    }
  }

  String read(String name) {
    try {
      Path file = folder.resolve(name);
      return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    undertaker.close();
  }
}
