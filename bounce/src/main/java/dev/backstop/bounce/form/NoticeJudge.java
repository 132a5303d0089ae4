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
  static @Nullable Judgement challenge(HeaderMarks header, Signs text) {
    var judge = new NoticeJudge(header, text, Sign.CHALLENGE);
    judge.weigh();
    judge.weight.add(header.answersMessage() ? 1 : 0);
    judge.weight.add(-header.programMarks());
    return judge.judgement(Form.CHALLENGE);
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
    return judge.judgement(Form.NOTICE);
  }

  /** The recipient's own mail program writes them, so its name says nothing against them. */
  static @Nullable Judgement receipt(HeaderMarks header, Signs text) {
    var judge = new NoticeJudge(header, text, Sign.RECEIPT);
    judge.weigh();
    judge.weight.add(text.sureWithin(Sign.RECEIPT) <= OPENING ? 2 : 0);
    judge.weight.add(header.list() ? -ENOUGH : 0);
    return judge.judgement(Form.RECEIPT);
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

  /** Words that others use too are not enough unless they stand in all three places. */
  private @Nullable Judgement judgement(Form form) {
    boolean known =
        header.fieldSigns().has(sign)
            || text.isSure(sign)
            || header.subjectSigns().isSure(sign)
            || (text.has(sign)
                && header.subjectSigns().has(sign)
                && header.senderSigns().has(sign));
    if (!known || weight.points() < ENOUGH) {
      return null;
    }
    boolean medium = header.fieldSigns().has(sign) || weight.points() >= ENOUGH + 2;
    return Judgement.of(form, medium ? Confidence.MEDIUM : Confidence.LOW, weight);
  }
}
