package dev.backstop.cli;

import java.io.Console;
import picocli.CommandLine.Help.Ansi;

/** Whether a person looks at the output. */
final class Terminal {
  private Terminal() {}

  /** Colours on a terminal only, and not when the user said {@code NO_COLOR} (no-color.org). */
  @SuppressWarnings(
      "SystemConsoleNull") // it does where jdk.console=java.base, as the launcher sets
  static Ansi ansi() {
    String refused = System.getenv("NO_COLOR");
    if ((refused != null && !refused.isEmpty()) || "dumb".equals(System.getenv("TERM"))) {
      return Ansi.OFF;
    }
    Console console = System.console();
    return console != null && console.isTerminal() ? Ansi.ON : Ansi.OFF;
  }
}
