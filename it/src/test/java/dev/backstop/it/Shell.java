package dev.backstop.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs. */
public final class Shell {
  private static final long LONGEST_SECONDS = 60;

  private Shell() {}

  /** What it printed; standard input is empty. */
  public static String run(String... command) {
    return run(Path.of("/dev/null"), command);
  }

  /**
   * What it printed on both outputs.
   *
   * <p>They go to a file, because a daemon that the program leaves behind would keep a pipe open.
   */
  public static String run(Path input, String... command) {
    try {
      Path output = Files.createTempFile("backstop-it-", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Redirect.from(input.toFile()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
      String printed = Files.readString(output);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(List.of(command) + " failed:\n" + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
