package dev.backstop.cli.check.print;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.ReportedRecipient;
import dev.backstop.bounce.form.Reporter;
import dev.backstop.bounce.form.ReturnedMessage;
import dev.backstop.cli.check.result.Checked;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row for each reported recipient, one for a message without (RFC 4180). Spreadsheets read it,
 * and strangers wrote what is in it: a cell that would be a formula begins with an apostrophe.
 */
public final class CsvRows {
  private static final ReportedRecipient NOBODY =
      new ReportedRecipient(null, null, null, null, null, null, null, null, null);
  private static final ReturnedMessage.Source NOWHERE = new ReturnedMessage.Source(null, null);

  private static final List<String> COLUMNS =
      List.of(
          "file",
          "form",
          "subform",
          "verdict",
          "confidence",
          "mta",
          "software",
          "address",
          "final",
          "original",
          "action",
          "status",
          "smtp",
          "reason",
          "permanent",
          "diagnostic",
          "remoteMta",
          "part",
          "messageId",
          "returnedFrom",
          "returnedTo",
          "subject",
          "date",
          "sourceAddress",
          "sourceHelo",
          "from",
          "references",
          "imitates",
          "cut",
          "explanation");

  private CsvRows() {}

  /** The names of the columns. */
  public static String header() {
    return row(COLUMNS.stream());
  }

  static String of(Checked checked) {
    List<ReportedRecipient> recipients = checked.mail().recipients();
    return (recipients.isEmpty() ? List.of(NOBODY) : recipients)
        .stream().map(recipient -> of(checked, recipient)).collect(Collectors.joining());
  }

  private static String of(Checked checked, ReportedRecipient recipient) {
    AutomaticMail mail = checked.mail();
    Stream<@Nullable Object> message =
        Stream.of(
            checked.file(),
            mail.form(),
            mail.subform(),
            checked.opinion().verdict(),
            mail.confidence());
    Stream<@Nullable Object> end =
        Stream.of(
            mail.from(),
            String.join(" ", mail.references()),
            mail.imitates(),
            checked.cuts().stream().map(Object::toString).sorted().collect(Collectors.joining(" ")),
            checked.opinion().explanation());
    return row(
        Stream.of(message, of(mail.reporter()), of(recipient), of(mail.returned()), end)
            .flatMap(cells -> cells));
  }

  private static Stream<@Nullable Object> of(Reporter reporter) {
    return Stream.of(reporter.mta(), reporter.software(), reporter.address());
  }

  private static Stream<@Nullable Object> of(ReportedRecipient recipient) {
    return Stream.of(
        recipient.finalRecipient(),
        recipient.originalRecipient(),
        recipient.action(),
        recipient.status(),
        recipient.smtp(),
        recipient.reason(),
        recipient.permanent(),
        recipient.diagnostic(),
        recipient.remoteMta());
  }

  private static Stream<@Nullable Object> of(ReturnedMessage returned) {
    ReturnedMessage.Source source = returned.source() == null ? NOWHERE : returned.source();
    return Stream.of(
        returned.part(),
        returned.messageId(),
        returned.from(),
        String.join(", ", returned.to()),
        returned.subject(),
        returned.date(),
        source.address(),
        source.helo());
  }

  private static String row(Stream<? extends @Nullable Object> cells) {
    return cells
        .map(cell -> cell == null ? "" : cell(cell.toString()))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    String safe = (formula ? "'" : "") + SafeText.of(text);
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"');
    return plain && safe.equals(safe.strip()) ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
