package dev.backstop.cli.auth.print;

import dev.backstop.cli.auth.answer.Answer;
import dev.backstop.cli.check.print.Style;

/** How answers are printed. */
public sealed interface AnswerPrinter {

  /**
   * The answer with its line ends.
   *
   * @param heading of a block: what was asked
   */
  String print(String heading, Answer answer);

  /** For programs. */
  record AsJson() implements AnswerPrinter {
    @Override
    public String print(String heading, Answer answer) {
      return AnswerJson.of(answer) + '\n';
    }
  }

  /** For people. */
  record AsBlock(Style style) implements AnswerPrinter {
    @Override
    public String print(String heading, Answer answer) {
      return AnswerBlock.of(heading, answer, style) + '\n';
    }
  }
}
