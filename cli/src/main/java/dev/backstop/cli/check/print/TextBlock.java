package dev.backstop.cli.check.print;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.Reporter;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.cli.check.print.Style.Colour;
import dev.backstop.cli.check.result.Checked;
import dev.backstop.cli.check.result.Session;
import dev.backstop.mail.message.Cut;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One message as a block of lines for a person. Control characters of strangers never get out. */
final class TextBlock {
  private static final int MAX_RECIPIENTS = 10;

  private final Lines lines;
  private final boolean explain;

  private TextBlock(Lines lines, boolean explain) {
    this.lines = lines;
    this.explain = explain;
  }

  static String of(Checked checked, Style style, boolean explain) {
    var lines = new Lines(style);
    new TextBlock(lines, explain).write(checked);
    return lines.toString();
  }

  private void write(Checked checked) {
    AutomaticMail mail = checked.mail();
    lines.heading(checked.file());
    lines.line("form", form(mail));
    lines.line("verdict", colour(checked), checked.opinion().verdict().toString());
    lines.line("reporter", reporter(mail.reporter()));
    recipients(mail.recipients());
    if (mail.isAutomatic()) {
      lines.line("returned", returned(mail.returned()));
      lines.line("source", source(mail.returned().source()));
    }
    for (Evidence evidence : checked.opinion().evidence()) {
      lines.line(
          "evidence", evidence.proof() + ": " + evidence.finding() + " — " + evidence.detail());
    }
    session(checked.opinion().session());
    if (explain) {
      Explained.write(checked, lines);
    }
    for (Cut cut : checked.cuts()) {
      lines.line("cut", Colour.YELLOW, cut.words());
    }
    lines.line("", checked.opinion().explanation());
  }

  private void session(@Nullable Session session) {
    if (session != null) {
      String enforcing =
          session.mode().equals("observe") ? "; enforcing would " + session.enforcing() : "";
      lines.line("session", session.action() + " (" + session.mode() + enforcing + ")");
      String reply = session.reply();
      if (reply != null) {
        lines.line("reply", reply);
      }
    }
  }

  private static Colour colour(Checked checked) {
    return colour(checked.opinion().verdict());
  }

  private static Colour colour(Verdict verdict) {
    return switch (verdict) {
      case ORDINARY -> Colour.NONE;
      case GENUINE -> Colour.GREEN;
      case UNPROVEN -> Colour.YELLOW;
      case BACKSCATTER -> Colour.RED;
    };
  }

  private static String form(AutomaticMail mail) {
    String subform = mail.subform() == null ? "" : ", " + mail.subform();
    String confidence = mail.isAutomatic() ? " (confidence " + mail.confidence() + ")" : "";
    String imitates = mail.imitates() == null ? "" : ", dressed as " + mail.imitates();
    return mail.form() + subform + confidence + imitates;
  }

  private static String reporter(Reporter reporter) {
    return words(reporter.mta(), reporter.address(), reporter.software());
  }

  private void recipients(List<ReportedRecipient> recipients) {
    for (ReportedRecipient recipient :
        recipients.subList(0, Math.min(MAX_RECIPIENTS, recipients.size()))) {
      lines.line("recipient", recipient(recipient));
      lines.line("", Colour.DIM, quoted(recipient.diagnostic()));
      if (explain) {
        lines.line("", Explained.why(recipient));
      }
    }
    if (recipients.size() > MAX_RECIPIENTS) {
      lines.line("", "and " + (recipients.size() - MAX_RECIPIENTS) + " more");
    }
  }

  private static String recipient(ReportedRecipient recipient) {
    String address =
        recipient.finalRecipient() == null
            ? recipient.originalRecipient()
            : recipient.finalRecipient();
    return words(
        address == null ? "(not named)" : address,
        recipient.action(),
        recipient.status(),
        recipient.reason() == null ? null : recipient.reason() + lasting(recipient.permanent()));
  }

  private static String lasting(@Nullable Boolean permanent) {
    if (permanent == null) {
      return "";
    }
    return permanent ? ", permanent" : ", temporary";
  }

  private static String returned(ReturnedMessage returned) {
    String what =
        switch (returned.part()) {
          case FULL -> "the message";
          case HEADERS -> "its header";
          case NONE -> "nothing";
        };
    return words(what, returned.messageId(), quoted(returned.subject()));
  }

  private static String source(ReturnedMessage.@Nullable Source source) {
    if (source == null) {
      return "";
    }
    String address = source.address() == null ? null : "[" + source.address() + "]";
    return words(source.helo(), address);
  }

  private static String quoted(@Nullable String text) {
    return text == null || text.isEmpty() ? "" : "“" + text + "”";
  }

  private static String words(@Nullable String... words) {
    return Stream.of(words)
        .filter(Objects::nonNull)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining("  "));
  }
}
