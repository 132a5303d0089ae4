package dev.backstop.cli.check;

import dev.backstop.cli.check.print.Rendered;
import dev.backstop.cli.check.result.Checked;

/** What became of one thing found, in the order of the input. */
sealed interface Outcome {
  /** A message with its answer, ready to be printed. */
  record Judged(Checked checked, Rendered rendered) implements Outcome {}

  /** Should have been read and could not. */
  record Unreadable(String name, String reason) implements Outcome {}

  /** A file of a folder that is no mail. */
  record PassedOver(String name) implements Outcome {}
}
