package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Sign;
import dev.backstop.bounce.words.Signs;
import dev.backstop.mail.header.AutoSubmitted;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Automatic replies. RFC 3834 marks them, but vacation(1), formail and old responders do not know
 * it; those are told by a way of answering that no human has.
 */
final class ReplyJudge {
  private static final int ENOUGH = 5;

  /** Folded characters in which a responder has said that it is one. */
  private static final int OPENING = 160;

  private ReplyJudge() {}

  static @Nullable Judgement judge(HeaderMarks header, Signs text) {
    var weight = new Weight();
    if (header.autoSubmitted() == AutoSubmitted.AUTO_REPLIED) {
      weight.add(ENOUGH, "Auto-Submitted: auto-replied (RFC 3834)");
      words(weight, header, text);
      return Judgement.of(Form.AUTO_REPLY, Confidence.HIGH, weight);
    }
    if (header.list()) {
      return null; // responders answer people; what a list passes on is the list's
    }
    if (header.fieldSigns().has(Sign.REPLY)) {
      weight.add(ENOUGH, header.fieldSigns().words(Sign.REPLY));
      words(weight, header, text);
      return Judgement.of(Form.AUTO_REPLY, Confidence.HIGH, weight);
    }
    return formail(header) ? formailReply(weight) : byHints(weight, header, text);
  }

  /** {@code formail -r}: answers with the marks that keep it from answering itself. */
  private static boolean formail(HeaderMarks header) {
    String loop = header.header().textOrEmpty("X-Loop").toLowerCase(Locale.ROOT);
    String from = header.from() == null ? "" : header.from().address().toLowerCase(Locale.ROOT);
    return header.bulk() && header.answersMessage() && !from.isEmpty() && loop.contains(from);
  }

  private static Judgement formailReply(Weight weight) {
    weight.add(3, "Precedence of bulk mail in an answer");
    weight.add(2, "X-Loop names the sender");
    return Judgement.of(Form.AUTO_REPLY, Confidence.MEDIUM, weight);
  }

  private static void words(Weight weight, HeaderMarks header, Signs text) {
    Signs subject = header.subjectSigns();
    if (subject.has(Sign.REPLY)) {
      weight.add(
          subject.isSure(Sign.REPLY) ? 4 : 2, "Subject says “" + subject.words(Sign.REPLY) + "”");
    }
    if (text.has(Sign.REPLY)) {
      weight.add(text.isSure(Sign.REPLY) ? 3 : 1, "text says “" + text.words(Sign.REPLY) + "”");
    }
  }

  /** Words, with at least one hint of a machine beside them, or two places that agree. */
  private static @Nullable Judgement byHints(Weight weight, HeaderMarks header, Signs text) {
    words(weight, header, text);
    if (weight.points() == 0) {
      return null;
    }
    if (header.senderSigns().has(Sign.REPLY)) {
      weight.add(1, "the sender is called “" + header.senderSigns().words(Sign.REPLY) + "”");
    }
    if (header.nullSender()) {
      weight.add(2, "null Return-Path");
    }
    if (header.bulk()) {
      weight.add(2, "Precedence: " + header.precedence());
    }
    if (header.autoSubmitted() != AutoSubmitted.NO) {
      weight.add(1, "Auto-Submitted");
    }
    if (header.suppressesReplies()) {
      weight.add(1, "X-Auto-Response-Suppress");
    }
    if (header.answersMessage()) {
      weight.add(1, "answers a message");
    }
    if (header.nullSender() && header.answer()) {
      weight.add(1, "answers from the null sender");
    }
    boolean sure = header.isMachine() || header.subjectSigns().isSure(Sign.REPLY);
    weight.add(-(sure ? header.programMarks() : header.humanMarks()));
    if (weight.points() < ENOUGH || !isAnswering(header, text)) {
      return null;
    }
    Confidence confidence = weight.points() > ENOUGH ? Confidence.MEDIUM : Confidence.LOW;
    return Judgement.of(Form.AUTO_REPLY, confidence, weight);
  }

  /**
   * Shops, trackers and calendars write by machine too, but not in answer to the one whom they
   * write to; and people write of automatic replies, but do not begin with the words of one.
   */
  private static boolean isAnswering(HeaderMarks header, Signs text) {
    boolean answers = header.nullSender() || header.answersMessage() || header.answer();
    boolean early = text.startsWithin(Sign.REPLY) <= OPENING;
    if (header.subjectSigns().isSure(Sign.REPLY)) {
      return answers || header.isMachine() || early;
    }
    boolean subject = header.subjectSigns().has(Sign.REPLY);
    boolean machine = header.isMachine() || header.senderSigns().has(Sign.REPLY);
    boolean words = text.isSure(Sign.REPLY) || (early && (subject || header.answer()));
    if (answers) {
      return (machine && words) || (subject && text.isSure(Sign.REPLY));
    }
    // vacation(1) has Precedence alone; Domino says at once that it is a responder.
    boolean vacation = header.bulk() && header.autoSubmitted() == AutoSubmitted.NO && early;
    return subject && (vacation || (machine && text.sureWithin(Sign.REPLY) <= OPENING));
  }
}
