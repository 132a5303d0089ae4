package dev.backstop.cli.check.print;

import dev.backstop.cli.check.result.Checked;

/**
 * From a result to its texts. Safe for all threads.
 *
 * @param selection which messages are shown
 * @param form of the text on standard output
 * @param csv whether rows are wanted
 */
public record Renderer(Selection selection, Form form, boolean csv) {

  /** What is printed for each message. */
  public sealed interface Form {
    /** Nothing: the sum only. */
    record None() implements Form {}

    /** A line of JSON. */
    record Json() implements Form {}

    /** A block for people. */
    record Block(Style style, boolean explain) implements Form {}
  }

  public Rendered render(Checked checked) {
    if (!selection.test(checked.mail())) {
      return Rendered.NOTHING;
    }
    String text =
        switch (form) {
          case Form.None() -> "";
          case Form.Json() -> JsonLine.of(checked) + '\n';
          case Form.Block(Style style, boolean explain) ->
              TextBlock.of(checked, style, explain) + '\n';
        };
    return new Rendered(true, text, csv ? CsvRows.of(checked) : "");
  }
}
