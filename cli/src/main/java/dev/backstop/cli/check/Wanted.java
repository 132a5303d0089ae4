package dev.backstop.cli.check;

import dev.backstop.cli.check.print.Renderer;
import dev.backstop.cli.check.print.Selection;
import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.exit.CommandFailure;
import dev.backstop.cli.exit.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param csv a file, {@code -} for standard output, or {@code null}
 */
record Wanted(
    boolean json,
    boolean summary,
    boolean explain,
    Selection selection,
    @Nullable String csv,
    boolean noProgress) {

  /** Refuses what cannot be had together. */
  void check() {
    if (csvIsOutput() && (json || summary)) {
      throw new CommandFailure(
          ExitStatus.USAGE, "--csv - takes standard output: not together with --json or --summary");
    }
  }

  boolean csvIsOutput() {
    return "-".equals(csv);
  }

  Renderer renderer(Style style) {
    Renderer.Form form;
    if (summary || csvIsOutput()) {
      form = new Renderer.Form.None();
    } else {
      form = json ? new Renderer.Form.Json() : new Renderer.Form.Block(style, explain);
    }
    return new Renderer(selection, form, csv != null);
  }
}
