package dev.backstop.bounce.form;

import dev.backstop.bounce.form.HeaderMarks.Sender;
import dev.backstop.bounce.words.Sign;
import dev.backstop.bounce.words.Signs;
import dev.backstop.mail.header.AutoSubmitted;
import dev.backstop.mail.message.ContentType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form of a message. The marks of the standards decide when they are there; else each form is
 * weighed by its words, its sender and what came back, and the heaviest wins. Automatic replies
 * come last: challenges and list programs mark theirs as replies too.
 */
final class FormJudge {
  private FormJudge() {}

  static Judgement judge(HeaderMarks marks, ContentType type, Content content, Signs text) {
    Judgement standard = byStandard(marks, type, content);
    if (standard != null) {
      return standard;
    }
    Judgement best = Judgement.ORDINARY;
    best = heavier(best, BounceJudge.byWords(marks, type, content, text));
    best = heavier(best, complaint(marks, content, text));
    best = heavier(best, NoticeJudge.challenge(marks, content, text));
    best = heavier(best, NoticeJudge.listNotice(marks, content, text));
    best = heavier(best, NoticeJudge.scannerNotice(marks, content, text));
    best = heavier(best, NoticeJudge.receipt(marks, text));
    if (best.form() != Form.ORDINARY) {
      return best;
    }
    Judgement reply = ReplyJudge.judge(marks, text);
    return reply == null ? best : reply;
  }

  private static Judgement heavier(Judgement best, @Nullable Judgement other) {
    return other != null && other.points() > best.points() ? other : best;
  }

  private static @Nullable Judgement byStandard(
      HeaderMarks marks, ContentType type, Content content) {
    String reportType = reportType(type);
    if (content.feedback != null || reportType.equals("feedback-report")) {
      return Judgement.standard(Form.FEEDBACK_REPORT, "feedback report (RFC 5965)");
    }
    Judgement report = aggregate(marks, type, content, reportType);
    if (report != null) {
      return report;
    }
    if (content.hasDeliveryStatus() && !isPassedOn(marks, type)) {
      return BounceJudge.byDeliveryStatus(content, type);
    }
    // People's own mail programs send receipts.
    boolean forwarded = isPassedOn(marks, type) && (marks.answer() || marks.list());
    if (content.disposition != null && !forwarded) {
      return Judgement.standard(Form.RECEIPT, "disposition notification (RFC 8098)");
    }
    return null;
  }

  /** Old feedback loops send the message back with a Subject of their own. */
  private static @Nullable Judgement complaint(HeaderMarks marks, Content content, Signs text) {
    var weight = new Weight();
    if (marks.fieldSigns().has(Sign.FEEDBACK)) {
      weight.add(8, marks.fieldSigns().words(Sign.FEEDBACK));
      return Judgement.of(Form.FEEDBACK_REPORT, Confidence.MEDIUM, weight);
    }
    boolean subject = marks.subjectSigns().has(Sign.FEEDBACK);
    boolean sender = marks.senderSigns().has(Sign.FEEDBACK);
    if (subject) {
      weight.add(3, "Subject says “" + marks.subjectSigns().words(Sign.FEEDBACK) + "”");
    }
    if (sender) {
      weight.add(2, "the sender is called “" + marks.senderSigns().words(Sign.FEEDBACK) + "”");
    }
    if (text.isSure(Sign.FEEDBACK)) {
      weight.add(3, "text says “" + text.words(Sign.FEEDBACK) + "”");
    }
    // A complaint brings what it complains of; weekly statistics and people's questions do not.
    boolean sure = text.isSure(Sign.FEEDBACK);
    boolean quoted = content.returned != null || sure;
    boolean loop = sender || (subject && sure && content.returned != null);
    return loop && quoted && !marks.answer() && weight.points() >= 5
        ? Judgement.of(Form.FEEDBACK_REPORT, Confidence.LOW, weight)
        : null;
  }

  /** Lower-cased report-type of a multipart/report (RFC 6522 §3), else empty. */
  static String reportType(ContentType type) {
    String reportType = type.is("multipart/report") ? type.parameter("report-type") : null;
    return reportType == null ? "" : reportType.toLowerCase(Locale.ROOT);
  }

  /** DMARC and TLS reports: their Subject is fixed (RFC 9990; RFC 8460 §5.3). */
  private static @Nullable Judgement aggregate(
      HeaderMarks marks, ContentType type, Content content, String reportType) {
    if (reportType.equals("tlsrpt") || marks.fieldSigns().has(Sign.REPORT)) {
      return Judgement.standard(Form.REPORT, "TLS report (RFC 8460)");
    }
    String subject = marks.subject();
    boolean named = subject.contains("submitter:") || subject.contains("report-id:");
    boolean attached = content.archive || !type.is("text/plain");
    if (subject.contains("report domain:") && named && attached && !marks.answer()) {
      return Judgement.standard(Form.REPORT, "Subject of a DMARC report");
    }
    boolean dmarc = subject.contains("dmarc") && subject.contains("report");
    if (dmarc && content.archive && !marks.answer()) {
      return Judgement.standard(Form.REPORT, "DMARC report with an archive");
    }
    return null;
  }

  /**
   * Somebody who forwards a bounce sends its parts on in a mail of his own: not the type that the
   * standard asks for, and not a mail system's sender.
   */
  private static boolean isPassedOn(HeaderMarks marks, ContentType type) {
    boolean person = marks.from() != null && !marks.from().address().isEmpty();
    return person
        && marks.sender() == Sender.OTHER
        && marks.autoSubmitted() == AutoSubmitted.NO
        && !marks.nullSender()
        && !type.is("multipart/report");
  }
}
