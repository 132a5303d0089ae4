package dev.backstop.cli.auth.print;

import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.cli.auth.answer.Answer;
import dev.backstop.cli.auth.answer.MessageAnswer;
import dev.backstop.cli.check.print.Json;
import java.util.Locale;
import java.util.Optional;

/**
 * One JSON object an answer. Other programs read it: fields are added, never renamed, and always
 * there, {@code null} when nothing is known. Pure ASCII.
 */
public final class AnswerJson {
  private AnswerJson() {}

  /** One line, without its end. */
  public static String of(Answer answer) {
    return of(Optional.empty(), answer);
  }

  /**
   * One line, without its end.
   *
   * @param id of the request, as JSON
   */
  public static String of(Optional<String> id, Answer answer) {
    return Json.object(json -> {
      id.ifPresent(value -> json.raw("id", value));
      switch (answer) {
        case Answer.Spf(SpfOutcome outcome) -> {
          json.text("kind", "spf");
          spf(json, outcome);
        }
        case Answer.Dmarc dmarc -> {
          json.text("kind", "dmarc");
          json.text("author", dmarc.outcome().authorDomain());
          new DmarcJson(json).write(dmarc.outcome(), dmarc.outcome().reason());
        }
        case MessageAnswer message -> {
          json.text("kind", "message");
          new MessageJson(json).write(message);
        }
      }
    });
  }

  /**
   * That a request could not be answered, without the end of the line.
   *
   * @param id of the request, as JSON
   * @param line of the batch, from 1
   */
  public static String error(Optional<String> id, int line, String error) {
    return Json.object(json -> {
      json.raw("id", id.orElse("null"));
      json.number("line", line);
      json.text("error", error);
    });
  }

  static void spf(Json json, SpfOutcome outcome) {
    Optional<SpfOutcome.Step> decided = outcome.decidedBy();
    json.text("result", outcome.result().word());
    json.text("identity", outcome.identity().word());
    json.text("domain", outcome.domain().orElse(null));
    json.text("mechanism", term(decided).orElse(null));
    json.text("record", decided.map(SpfOutcome.Step::record).orElse(null));
    json.text("recordDomain", decided.map(SpfOutcome.Step::domain).orElse(null));
    json.objects(
        "path",
        outcome.path(),
        step -> {
          json.text("domain", step.domain());
          json.text("mechanism", term(Optional.of(step)).orElse(null));
          json.text("record", step.record());
        });
    json.text("explanation", outcome.explanation().isEmpty() ? null : outcome.explanation());
    json.text("reason", outcome.reason());
    json.number("lookups", outcome.lookups());
    json.number("voidLookups", outcome.voidLookups());
  }

  /** Empty when the record came to its end. */
  private static Optional<String> term(Optional<SpfOutcome.Step> step) {
    return step.map(SpfOutcome.Step::term).filter(term -> !term.isEmpty());
  }

  /** The name of a value as JSON has it, such as {@code small-key}. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
