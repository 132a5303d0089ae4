package dev.backstop.cli.check;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.Reporter;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.bounce.proof.Evidence;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One message as a block of lines for a person. Control characters of strangers never get out. */
final class TextBlock {
  private static final int MAX_RECIPIENTS = 10;
  private static final int MAX_LINE = 200;

  private final StringBuilder block = new StringBuilder();

  private TextBlock() {}

  static String of(Checked checked) {
    var text = new TextBlock();
    text.write(checked);
    return text.block.toString();
  }

  private void write(Checked checked) {
    AutomaticMail mail = checked.mail();
    block.append(clean(checked.file())).append('\n');
    line("form", form(mail));
    line("verdict", checked.opinion().verdict().toString());
    line("reporter", reporter(mail.reporter()));
    mail.recipients().stream().limit(MAX_RECIPIENTS).forEach(r -> line("recipient", recipient(r)));
    if (mail.recipients().size() > MAX_RECIPIENTS) {
      line("", "and " + (mail.recipients().size() - MAX_RECIPIENTS) + " more");
    }
    if (mail.isAutomatic()) {
      line("returned", returned(mail.returned()));
    }
    for (Evidence evidence : checked.opinion().evidence()) {
      line("evidence", evidence.proof() + ": " + evidence.finding() + " — " + evidence.detail());
    }
    if (checked.truncated()) {
      line("note", "longer than what is read; judged by its beginning");
    }
    line("", checked.opinion().explanation());
  }

  private void line(String name, String text) {
    if (!text.isEmpty()) {
      String clean = clean(text);
      String bounded = clean.length() > MAX_LINE * 2 ? clean.substring(0, MAX_LINE * 2) : clean;
      block.append(String.format("  %-10s%s%n", name, bounded));
    }
  }

  private static String form(AutomaticMail mail) {
    String subform = mail.subform() == null ? "" : ", " + mail.subform();
    String marks = mail.marks().isEmpty() ? "" : ": " + String.join("; ", mail.marks());
    String confidence = mail.isAutomatic() ? " (confidence " + mail.confidence() + ")" : "";
    return mail.form() + subform + confidence + marks;
  }

  private static String reporter(Reporter reporter) {
    return words(reporter.mta(), reporter.address(), reporter.software());
  }

  private static String recipient(ReportedRecipient recipient) {
    return words(
        recipient.finalRecipient() == null
            ? recipient.originalRecipient()
            : recipient.finalRecipient(),
        recipient.action(),
        recipient.status(),
        recipient.reason() == null ? null : recipient.reason().toString(),
        recipient.diagnostic() == null ? null : "“" + recipient.diagnostic() + "”");
  }

  private static String returned(ReturnedMessage returned) {
    String what =
        switch (returned.part()) {
          case FULL -> "the message";
          case HEADERS -> "its header";
          case NONE -> "nothing";
        };
    String subject = returned.subject() == null ? null : "“" + returned.subject() + "”";
    return words(what, returned.messageId(), subject);
  }

  private static String words(@Nullable String... words) {
    return Stream.of(words).filter(Objects::nonNull).collect(Collectors.joining("  "));
  }

  /** A terminal obeys control characters, and some format characters reorder what is seen. */
  static String clean(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean unsafe = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
          clean.appendCodePoint(unsafe ? '\uFFFD' : c);
        });
    return clean.toString();
  }
}
