package dev.backstop.bounce.form;

import dev.backstop.bounce.form.HeaderMarks.Sender;
import dev.backstop.mail.header.AutoSubmitted;
import dev.backstop.mail.message.ContentType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form of a message: first the marks of the standards, then the words of known programs, then
 * the header's hints. The order is the order of trust, and the first that fits decides.
 */
final class FormJudge {
  private FormJudge() {}

  static Judgement judge(HeaderMarks marks, ContentType type, Content content, Signs text) {
    Judgement standard = byStandard(marks, type, content);
    if (standard != null) {
      return standard;
    }
    Judgement complaint = complaint(marks, content);
    if (complaint != null) {
      return complaint;
    }
    Judgement notice = NoticeJudge.judge(marks, text);
    if (notice != null) {
      return notice;
    }
    Judgement bounce = BounceJudge.byWords(marks, type, content, text);
    if (bounce != null) {
      return bounce;
    }
    Judgement reply = ReplyJudge.judge(marks, text);
    return reply == null ? Judgement.ORDINARY : reply;
  }

  private static @Nullable Judgement byStandard(
      HeaderMarks marks, ContentType type, Content content) {
    String reportType = reportType(type);
    if (content.feedback != null || reportType.equals("feedback-report")) {
      return Judgement.of(Form.FEEDBACK_REPORT, Confidence.HIGH, "feedback report (RFC 5965)");
    }
    Judgement report = aggregate(marks, content, reportType);
    if (report != null) {
      return report;
    }
    if (content.hasDeliveryStatus() && !isPassedOn(marks, type)) {
      return BounceJudge.byDeliveryStatus(content, type);
    }
    if (content.disposition != null && !isPassedOn(marks, type)) {
      return Judgement.of(Form.RECEIPT, Confidence.HIGH, "disposition notification (RFC 8098)");
    }
    return null;
  }

  /** Old feedback loops send the message back with a Subject of their own. */
  private static @Nullable Judgement complaint(HeaderMarks marks, Content content) {
    if (marks.fieldSigns().has(Sign.FEEDBACK)) {
      String mark = marks.fieldSigns().words(Sign.FEEDBACK);
      return Judgement.of(Form.FEEDBACK_REPORT, Confidence.MEDIUM, mark);
    }
    boolean subject = marks.subjectSigns().has(Sign.FEEDBACK) && !marks.answer() && !marks.list();
    return subject && content.returned != null
        ? Judgement.of(
            Form.FEEDBACK_REPORT,
            Confidence.LOW,
            "Subject says “" + marks.subjectSigns().words(Sign.FEEDBACK) + "”")
        : null;
  }

  /** Lower-cased report-type of a multipart/report (RFC 6522 §3), else empty. */
  static String reportType(ContentType type) {
    String reportType = type.is("multipart/report") ? type.parameter("report-type") : null;
    return reportType == null ? "" : reportType.toLowerCase(Locale.ROOT);
  }

  /** DMARC and TLS reports: their Subject is fixed (RFC 9990; RFC 8460 §5.3). */
  private static @Nullable Judgement aggregate(
      HeaderMarks marks, Content content, String reportType) {
    if (reportType.equals("tlsrpt") || marks.fieldSigns().has(Sign.REPORT)) {
      return Judgement.of(Form.REPORT, Confidence.HIGH, "TLS report (RFC 8460)");
    }
    String subject = marks.subject();
    boolean named = subject.contains("submitter:") || subject.contains("report-id:");
    if (subject.contains("report domain:") && named && !marks.answer()) {
      return Judgement.of(Form.REPORT, Confidence.HIGH, "Subject of a DMARC report");
    }
    boolean dmarc = subject.contains("dmarc") && subject.contains("report");
    if (dmarc && content.archive && !marks.answer()) {
      return Judgement.of(Form.REPORT, Confidence.MEDIUM, "DMARC report with an archive");
    }
    return null;
  }

  /**
   * Somebody who forwards a bounce sends its parts on in a mail of his own: not the type that the
   * standard asks for, not a mail system's sender, and a subject like a human's.
   */
  private static boolean isPassedOn(HeaderMarks marks, ContentType type) {
    boolean human = marks.sender() == Sender.OTHER && marks.autoSubmitted() == AutoSubmitted.NO;
    return human
        && !marks.nullReturnPath()
        && (marks.answer() || marks.list())
        && !type.is("multipart/report");
  }
}
