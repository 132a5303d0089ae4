package dev.backstop.bounce.form;

import dev.backstop.mail.header.AutoSubmitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Automatic replies. RFC 3834 marks them, but vacation(1), formail and old responders do not know
 * it; those are told by a way of answering that no human has.
 */
final class ReplyJudge {
  private ReplyJudge() {}

  static @Nullable Judgement judge(HeaderMarks header, Signs text) {
    if (header.autoSubmitted() == AutoSubmitted.AUTO_REPLIED) {
      return Judgement.of(
          Form.AUTO_REPLY, Confidence.HIGH, "Auto-Submitted: auto-replied (RFC 3834)");
    }
    if (header.list()) {
      return null; // responders answer people; what a list passes on is the list's
    }
    if (header.fieldSigns().has(Sign.REPLY)) {
      String mark = header.fieldSigns().words(Sign.REPLY);
      return Judgement.of(Form.AUTO_REPLY, Confidence.HIGH, mark);
    }
    return formail(header) ? formailReply() : byHints(header, text);
  }

  /** {@code formail -r}: answers with the marks that keep it from answering itself. */
  private static boolean formail(HeaderMarks header) {
    String loop = header.header().textOrEmpty("X-Loop").toLowerCase(Locale.ROOT);
    String from = header.from() == null ? "" : header.from().address().toLowerCase(Locale.ROOT);
    return isBulk(header)
        && !header.references().isEmpty()
        && !from.isEmpty()
        && loop.contains(from);
  }

  private static Judgement formailReply() {
    return Judgement.of(
        Form.AUTO_REPLY,
        Confidence.MEDIUM,
        List.of("Precedence of bulk mail in an answer", "X-Loop names the sender"));
  }

  /** Words of a Subject, with at least one hint of a machine beside them. */
  private static @Nullable Judgement byHints(HeaderMarks header, Signs text) {
    boolean opening = header.openingSigns().has(Sign.REPLY);
    boolean subject = opening || header.subjectSigns().has(Sign.REPLY);
    boolean sureOpening = header.openingSigns().isSure(Sign.REPLY);
    List<String> marks = hints(header);
    if (subject) {
      Signs signs = opening ? header.openingSigns() : header.subjectSigns();
      marks.add("Subject says “" + signs.words(Sign.REPLY) + "”");
    }
    if (text.has(Sign.REPLY)) {
      marks.add("text says “" + text.words(Sign.REPLY) + "”");
    }
    boolean machine = isMachine(header);
    boolean answering = !header.references().isEmpty();
    if (sureOpening && (machine || answering || text.has(Sign.REPLY))) {
      return Judgement.of(Form.AUTO_REPLY, Confidence.MEDIUM, marks);
    }
    boolean words =
        subject && text.has(Sign.REPLY) && (machine || (answering && text.isSure(Sign.REPLY)));
    boolean nullSenderWords = header.nullReturnPath() && text.has(Sign.REPLY);
    boolean sureWords = text.isSure(Sign.REPLY) && machine && answering;
    return words || nullSenderWords || sureWords
        ? Judgement.of(Form.AUTO_REPLY, Confidence.LOW, marks)
        : null;
  }

  private static List<String> hints(HeaderMarks header) {
    List<String> hints = new ArrayList<>();
    if (header.nullReturnPath()) {
      hints.add("null Return-Path");
    }
    if (isBulk(header)) {
      hints.add("Precedence: " + header.precedence());
    }
    if (header.autoSubmitted() != AutoSubmitted.NO) {
      hints.add("Auto-Submitted");
    }
    if (suppressesReplies(header)) {
      hints.add("X-Auto-Response-Suppress");
    }
    return hints;
  }

  private static boolean isMachine(HeaderMarks header) {
    return header.nullReturnPath()
        || isBulk(header)
        || header.autoSubmitted() != AutoSubmitted.NO
        || suppressesReplies(header);
  }

  private static boolean isBulk(HeaderMarks header) {
    return header.precedence().startsWith("bulk") || header.precedence().startsWith("junk");
  }

  private static boolean suppressesReplies(HeaderMarks header) {
    String value = header.header().textOrEmpty("X-Auto-Response-Suppress");
    return !value.isEmpty() && !value.equalsIgnoreCase("none");
  }
}
