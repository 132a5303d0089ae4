package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Sign;
import dev.backstop.bounce.words.Signs;
import org.jspecify.annotations.Nullable;

/**
 * Challenges, scanner notices, list notices and receipts in plain words. No standard marks them, so
 * words are weighed with a header that looks like a program's.
 */
final class NoticeJudge {
  private static final int ENOUGH = 5;

  /** Folded characters in which a receipt has said that it is one. */
  private static final int OPENING = 60;

  private final HeaderMarks header;
  private final Signs text;
  private final Sign sign;
  private final Weight weight = new Weight();

  private NoticeJudge(HeaderMarks header, Signs text, Sign sign) {
    this.header = header;
    this.text = text;
    this.sign = sign;
  }

  /** Challenges answer, so a Subject like an answer's says nothing against them. */
  static @Nullable Judgement challenge(HeaderMarks header, Content content, Signs text) {
    var judge = new NoticeJudge(header, text, Sign.CHALLENGE);
    judge.weigh();
    judge.weight.add(header.answersMessage() ? 1 : 0);
    judge.weight.add(text.sureWithin(Sign.CHALLENGE) <= 3 * OPENING ? 1 : 0);
    judge.weight.add(-header.programMarks());
    return judge.isAboutYours(content) ? judge.judgement(Form.CHALLENGE) : null;
  }

  static @Nullable Judgement listNotice(HeaderMarks header, Content content, Signs text) {
    var judge = new NoticeJudge(header, text, Sign.LIST_NOTICE);
    judge.weigh();
    judge.weight.add(content.returned == null ? 0 : 1);
    judge.weight.add(header.list() ? 1 - header.programMarks() : -header.programMarks());
    return judge.judgement(Form.LIST_NOTICE);
  }

  static @Nullable Judgement scannerNotice(HeaderMarks header, Content content, Signs text) {
    var judge = new NoticeJudge(header, text, Sign.NOTICE);
    judge.weigh();
    judge.weight.add(content.returned == null ? 0 : 1);
    judge.weight.add(-header.humanMarks());
    return judge.isAboutYours(content) ? judge.judgement(Form.NOTICE) : null;
  }

  /** The recipient's own mail program writes them, so its name says nothing against them. */
  static @Nullable Judgement receipt(HeaderMarks header, Signs text) {
    var judge = new NoticeJudge(header, text, Sign.RECEIPT);
    judge.weigh();
    judge.weight.add(text.sureWithin(Sign.RECEIPT) <= OPENING ? 2 : 0);
    judge.weight.add(header.list() ? -ENOUGH : 0);
    boolean failed = text.has(Sign.FAILED) && header.subjectSigns().has(Sign.FAILED);
    return judge.isOpening() && !failed ? judge.judgement(Form.RECEIPT) : null;
  }

  private void weigh() {
    if (header.fieldSigns().has(sign)) {
      weight.add(6, header.fieldSigns().words(sign));
    }
    if (header.senderSigns().has(sign)) {
      weight.add(2, "the sender is called “" + header.senderSigns().words(sign) + "”");
    }
    if (header.subjectSigns().has(sign)) {
      int points = header.subjectSigns().isSure(sign) ? 4 : 2;
      weight.add(points, "Subject says “" + header.subjectSigns().words(sign) + "”");
    }
    if (text.has(sign)) {
      weight.add(text.isSure(sign) ? 3 : 1, "text says “" + text.words(sign) + "”");
    }
    if (header.isMachine()) {
      weight.add(2, "the header is a machine's");
    }
  }

  /**
   * Words that others use too are not enough unless they stand in all three places; and a program
   * must show as the sender, or people who ask about such mail would write it.
   */
  private @Nullable Judgement judgement(Form form) {
    boolean field = header.fieldSigns().has(sign);
    boolean subjectSure = header.subjectSigns().isSure(sign);
    boolean sender = header.senderSigns().has(sign);
    boolean everywhere = text.has(sign) && header.subjectSigns().has(sign) && sender;
    boolean known = field || text.isSure(sign) || subjectSure || everywhere;
    boolean program =
        field
            || sender
            || subjectSure
            || header.isMachine()
            || header.isSystem()
            || (sign == Sign.CHALLENGE && header.answersMessage())
            || sign == Sign.RECEIPT;
    if (!known || !program || weight.points() < ENOUGH) {
      return null;
    }
    boolean medium = field || weight.points() >= ENOUGH + 2;
    return Judgement.of(form, medium ? Confidence.MEDIUM : Confidence.LOW, weight);
  }

  /** A receipt says at once that it is one; who writes of receipts does not. */
  private boolean isOpening() {
    return header.isMachine() || text.sureWithin(sign) <= 3 * OPENING;
  }

  /** True when the message speaks of one that its reader sent. */
  private boolean isAboutYours(Content content) {
    return text.has(Sign.YOURS)
        || header.subjectSigns().has(Sign.YOURS)
        || header.fieldSigns().has(sign)
        || (header.senderSigns().has(sign) && text.isSure(sign))
        || content.returned != null;
  }
}
