package dev.backstop.cli.auth.print;

import dev.backstop.auth.dkim.DkimOutcome;
import dev.backstop.auth.dkim.DkimSignature;
import dev.backstop.auth.dkim.Weakness;
import dev.backstop.auth.dmarc.DmarcOutcome;
import dev.backstop.auth.dmarc.PolicyRecord;
import dev.backstop.auth.spf.SpfOutcome;
import dev.backstop.cli.auth.answer.Answer;
import dev.backstop.cli.auth.answer.MessageAnswer;
import dev.backstop.cli.auth.answer.Signature;
import dev.backstop.cli.check.print.Lines;
import dev.backstop.cli.check.print.Style;
import dev.backstop.cli.check.print.Style.Colour;
import java.util.Optional;
import java.util.stream.Collectors;

/** One answer as a block of lines for a person. Control characters of strangers never get out. */
final class AnswerBlock {
  private final Lines lines;

  private AnswerBlock(Lines lines) {
    this.lines = lines;
  }

  static String of(String heading, Answer answer, Style style) {
    var lines = new Lines(style);
    lines.heading(heading);
    new AnswerBlock(lines).write(answer);
    return lines.toString();
  }

  private void write(Answer answer) {
    switch (answer) {
      case Answer.Spf(SpfOutcome outcome) -> spf(outcome);
      case Answer.Dmarc(DmarcOutcome outcome) -> dmarc(outcome, outcome.reason());
      case MessageAnswer message -> message(message);
    }
  }

  private void spf(SpfOutcome outcome) {
    String domain = outcome.domain().map(name -> " of " + name).orElse("");
    result("spf", outcome.result().word(), outcome.identity().word() + domain);
    lines.line("", outcome.reason());
    for (SpfOutcome.Step step : outcome.path()) {
      lines.line("record", step.domain() + ": " + step.record());
      lines.line("", decision(outcome, step));
    }
    lines.line("told", outcome.explanation().isEmpty() ? "" : "“" + outcome.explanation() + "”");
    lines.line("lookups", outcome.lookups() + ", " + outcome.voidLookups() + " of them void");
  }

  private static String decision(SpfOutcome outcome, SpfOutcome.Step step) {
    if (step.term().isEmpty()) {
      return "its end decides: nothing in it matches";
    }
    return step.equals(outcome.path().getLast())
        ? "decides: " + step.term()
        : "leads on: " + step.term();
  }

  private void dmarc(DmarcOutcome outcome, String reason) {
    Optional<PolicyRecord> found = outcome.policyRecord();
    result("dmarc", outcome.result().text(), "policy " + outcome.policy().text());
    lines.line("", reason);
    found.ifPresent(record -> lines.line("record", record.domain() + ": " + record.found().text()));
    found.stream()
        .flatMap(record -> record.found().parsed().problems().stream())
        .forEach(problem -> lines.line("", Colour.YELLOW, problem.toString()));
  }

  private void message(MessageAnswer message) {
    switch (message.body()) {
      case THERE -> {}
      case ABSENT -> lines.line("body", Colour.YELLOW, "none: signatures are of the header alone");
      case TOO_LONG ->
          lines.line("body", Colour.YELLOW, "too long: signatures are of the header alone");
      case NOT_WANTED -> lines.line("body", "not looked at");
    }
    lines.line("author", Words.author(message.author()));
    message.signatures().forEach(this::signature);
    if (message.signatures().isEmpty()) {
      lines.line("dkim", "none: no signature");
    }
    message.spf().ifPresentOrElse(this::spf, () -> lines.line("spf", "not known: no --ip"));
    String reason = Words.dmarcReason(message);
    message
        .dmarc()
        .ifPresentOrElse(
            outcome -> dmarc(outcome, reason), () -> result("dmarc", "permerror", reason));
    message.claims().forEach(claim -> lines.line("claimed", claim));
  }

  private void signature(Signature signature) {
    DkimOutcome outcome = signature.outcome();
    String fields = outcome.signature().map(known -> fields(known, outcome.keyBits())).orElse("");
    result("dkim", outcome.result().word(), fields);
    lines.line("", outcome.reason() + (signature.own() ? "; a key of ours made it" : ""));
    lines.line(
        "",
        Colour.YELLOW,
        outcome.weaknesses().stream()
            .sorted()
            .map(Weakness::describe)
            .collect(Collectors.joining("; ")));
    lines.line("key", signature.key().orElse(""));
  }

  private static String fields(DkimSignature signature, int bits) {
    return signature.recordName()
        + "  "
        + signature.algorithmTag()
        + (bits == 0 ? "" : " " + bits + " bits");
  }

  private void result(String label, String word, String rest) {
    Colour colour =
        switch (word) {
          case "pass" -> Colour.GREEN;
          case "fail" -> Colour.RED;
          case "none" -> Colour.NONE;
          default -> Colour.YELLOW;
        };
    lines.line(label, colour, rest.isEmpty() ? word : word + "  " + rest);
  }
}
