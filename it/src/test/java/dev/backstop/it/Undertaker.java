package dev.backstop.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Cleans up after a server, in whatever way this process ends: a shell waits for the end of its
 * standard input, which the kernel closes even after kill -9, and then runs the command.
 */
public final class Undertaker implements AutoCloseable {
  private static final long LONGEST_SECONDS = 30;

  private final Process shell;

  /**
   * Starts to wait.
   *
   * @param command of the shell, with the arguments as {@code $1} and following
   */
  public Undertaker(String command, String... arguments) {
    try {
      // The trap: an interrupt from the keyboard goes to the whole process group.
      String script = "trap '' INT TERM HUP; read -r _; " + command;
      List<String> whole = new ArrayList<>(List.of("sh", "-c", script, "undertaker"));
      whole.addAll(List.of(arguments));
      shell =
          new ProcessBuilder(whole)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the command now and waits for its end. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      if (!shell.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("cleaning up takes too long");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
