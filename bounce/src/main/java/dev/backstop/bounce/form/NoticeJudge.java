package dev.backstop.bounce.form;

import dev.backstop.bounce.form.HeaderMarks.Sender;
import dev.backstop.mail.header.AutoSubmitted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Challenges, scanner notices and list notices. No standard marks them, so words that only a
 * program writes are asked for, and a header that at least does not speak against it.
 */
final class NoticeJudge {
  private NoticeJudge() {}

  static @Nullable Judgement judge(HeaderMarks header, Signs text) {
    Judgement challenge = challenge(header, text);
    if (challenge != null) {
      return challenge;
    }
    Judgement list = listNotice(header, text);
    return list == null ? scannerNotice(header, text) : list;
  }

  private static @Nullable Judgement challenge(HeaderMarks header, Signs text) {
    if (header.fieldSigns().has(Sign.CHALLENGE)) {
      String mark = header.fieldSigns().words(Sign.CHALLENGE);
      return Judgement.of(Form.CHALLENGE, Confidence.HIGH, mark);
    }
    boolean subject = header.subjectSigns().has(Sign.CHALLENGE);
    if (!text.has(Sign.CHALLENGE) || header.list()) {
      return null;
    }
    boolean enough = subject || isMachine(header);
    return enough ? of(Form.CHALLENGE, text.words(Sign.CHALLENGE), subject) : null;
  }

  private static @Nullable Judgement listNotice(HeaderMarks header, Signs text) {
    if (header.fieldSigns().has(Sign.LIST_NOTICE)) {
      String mark = header.fieldSigns().words(Sign.LIST_NOTICE);
      return Judgement.of(Form.LIST_NOTICE, Confidence.HIGH, mark);
    }
    // A list's own traffic may quote its notices; the notices themselves do not pass the list.
    if (!text.has(Sign.LIST_NOTICE) || header.list() || header.answer()) {
      return null;
    }
    boolean subject = header.subjectSigns().has(Sign.LIST_NOTICE);
    return subject || isMachine(header) || isListAddress(header)
        ? of(Form.LIST_NOTICE, text.words(Sign.LIST_NOTICE), subject)
        : null;
  }

  private static @Nullable Judgement scannerNotice(HeaderMarks header, Signs text) {
    if (header.fieldSigns().has(Sign.NOTICE)) {
      String mark = header.fieldSigns().words(Sign.NOTICE);
      return Judgement.of(Form.NOTICE, Confidence.HIGH, mark);
    }
    boolean subject = header.subjectSigns().has(Sign.NOTICE);
    if (!text.isSure(Sign.NOTICE) || header.list() || header.answer()) {
      return null;
    }
    boolean sender = header.sender() != Sender.OTHER || isMachine(header);
    return sender || subject ? of(Form.NOTICE, text.words(Sign.NOTICE), subject && sender) : null;
  }

  private static Judgement of(Form form, String words, boolean sure) {
    return Judgement.of(
        form, sure ? Confidence.MEDIUM : Confidence.LOW, List.of("text says “" + words + "”"));
  }

  private static boolean isMachine(HeaderMarks header) {
    return header.autoSubmitted() != AutoSubmitted.NO
        || header.nullReturnPath()
        || header.precedence().startsWith("junk")
        || header.precedence().startsWith("bulk");
  }

  /** The addresses from which list programs speak for themselves. */
  private static boolean isListAddress(HeaderMarks header) {
    String from = header.from() == null ? "" : header.from().address();
    int at = from.lastIndexOf('@');
    String local = at < 0 ? from : from.substring(0, at);
    for (String role : List.of("help", "owner", "request", "bounces", "confirm", "admin")) {
      boolean ends = local.endsWith(role) && local.length() > role.length();
      if (ends && "+-_".indexOf(local.charAt(local.length() - role.length() - 1)) >= 0) {
        return true;
      }
    }
    return from.startsWith("majordomo@") || from.startsWith("listserv@");
  }
}
