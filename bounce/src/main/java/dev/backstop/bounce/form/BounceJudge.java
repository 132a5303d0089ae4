package dev.backstop.bounce.form;

import dev.backstop.bounce.form.HeaderMarks.Sender;
import dev.backstop.bounce.words.Sign;
import dev.backstop.bounce.words.Signs;
import dev.backstop.mail.header.AutoSubmitted;
import dev.backstop.mail.message.ContentType;
import dev.backstop.mail.report.DeliveryStatus;
import dev.backstop.mail.report.EnhancedStatus;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bounces: by their delivery status when they have one, else by weighing sender, Subject, words and
 * what came back. Each sign alone is cheap to forge or stands in ordinary mail; spam in the dress
 * of a bounce has words and sender, but neither a returned message nor a server's reply.
 */
final class BounceJudge {
  private static final int ENOUGH = 5;
  private static final List<Sign> KINDS = List.of(Sign.FAILED, Sign.DELAYED, Sign.DELIVERED);

  /** Folded characters in which a program that speaks for itself has said what it is. */
  private static final int OPENING = 120;

  private final HeaderMarks header;
  private final Content content;
  private final Signs text;
  private final Said subject;
  private final Said said;
  private final Weight weight = new Weight();

  /**
   * What a place says of a bounce of any kind.
   *
   * @param sure in words that only a program writes
   * @param within how far into the text the first such words end
   * @param sureWithin the same of sure ones
   */
  private record Said(boolean any, boolean sure, int within, int sureWithin) {
    static Said in(Signs signs) {
      boolean any = false;
      boolean sure = false;
      int within = Integer.MAX_VALUE;
      int sureWithin = Integer.MAX_VALUE;
      for (Sign sign : KINDS) {
        any |= signs.has(sign);
        sure |= signs.isSure(sign);
        within = Math.min(within, signs.startsWithin(sign));
        sureWithin = Math.min(sureWithin, signs.sureWithin(sign));
      }
      return new Said(any, sure, within, sureWithin);
    }
  }

  private BounceJudge(HeaderMarks header, Content content, Signs text) {
    this.header = header;
    this.content = content;
    this.text = text;
    this.subject = Said.in(header.subjectSigns());
    this.said = Said.in(text);
  }

  static Judgement byDeliveryStatus(Content content, ContentType type) {
    DeliveryStatus status = content.deliveryStatus;
    var recipients = status == null ? List.<DeliveryStatus.Recipient>of() : status.recipients();
    boolean proper = FormJudge.reportType(type).equals("delivery-status");
    Judgement judgement =
        Judgement.standard(
            Form.BOUNCE,
            proper
                ? "delivery status notification (RFC 3464)"
                : "delivery status (RFC 3464) inside " + type.mediaType());
    return judgement.with(worst(recipients));
  }

  private static Subform worst(List<DeliveryStatus.Recipient> recipients) {
    Subform worst = null;
    for (DeliveryStatus.Recipient recipient : recipients) {
      Subform subform = subform(recipient.action(), recipient.status());
      worst = worst == null || subform.compareTo(worst) < 0 ? subform : worst;
    }
    return worst == null ? Subform.FAILED : worst;
  }

  /** RFC 3464 §2.3.3; without a known action the class of the status tells (RFC 3463 §2). */
  static Subform subform(@Nullable String action, @Nullable String status) {
    String word = action == null ? "" : action.toLowerCase(Locale.ROOT);
    for (Subform subform : Subform.values()) {
      if (word.startsWith(subform.toString())) {
        return subform;
      }
    }
    char statusClass = status == null ? '5' : status.charAt(0);
    return statusClass == '2'
        ? Subform.DELIVERED
        : statusClass == '4' ? Subform.DELAYED : Subform.FAILED;
  }

  /** {@code null} when it is no bounce. */
  static @Nullable Judgement byWords(
      HeaderMarks header, ContentType type, Content content, Signs text) {
    var judge = new BounceJudge(header, content, text);
    judge.weighHeader(type);
    judge.weighWords();
    judge.weighHumanMarks();
    if (!judge.isPlausible() || !judge.weighSubstance() || judge.weight.points() < ENOUGH) {
      return null;
    }
    return Judgement.of(Form.BOUNCE, judge.confidence(), judge.weight).with(judge.subform());
  }

  /** Sender and words of a bounce around something else: what spam and worms look like. */
  static boolean isImitated(HeaderMarks header, Content content, Signs text) {
    if (header.list() || header.answer()) {
      return false;
    }
    boolean dressed = header.sender() != Sender.OTHER || header.nullSender() || content.program;
    boolean lures = Said.in(text).any() && text.has(Sign.LURE);
    return Said.in(header.subjectSigns()).any() && (dressed || lures);
  }

  /** Mail systems answer with "Re:" only where they do not speak of a bounce in the Subject. */
  private void weighHumanMarks() {
    boolean aboutBounce = header.subjectSigns().has(Sign.FAILED);
    boolean system = header.isSystem() && !aboutBounce;
    weight.add(header.answer() && system ? 2 - header.humanMarks() : -header.humanMarks());
  }

  private void weighHeader(ContentType type) {
    switch (header.sender()) {
      case DAEMON, POSTMASTER -> weight.add(2, "the sender is a mail system");
      case DAEMON_NAME -> weight.add(1, "the sender is called like a mail system");
      case OTHER -> {}
    }
    if (header.nullSender()) {
      weight.add(1, "null Return-Path");
    }
    if (header.autoSubmitted() != AutoSubmitted.NO) {
      weight.add(1, "Auto-Submitted");
    }
    if (header.fieldSigns().has(Sign.FAILED)) {
      weight.add(3, header.fieldSigns().words(Sign.FAILED));
    }
    if (FormJudge.reportType(type).equals("delivery-status")) {
      weight.add(2, "report-type delivery-status without its report");
    }
  }

  private void weighWords() {
    for (Sign sign : KINDS) {
      if (header.subjectSigns().has(sign)) {
        weight.add(2, "Subject says “" + header.subjectSigns().words(sign) + "”");
        break;
      }
    }
    Sign surest = surest();
    if (text.isSure(Sign.NOTICE) && (surest == null || !text.isSure(surest))) {
      weight.add(-3); // a scanner says that it did not deliver, too
    }
    if (surest != null) {
      int plain = text.startsWithin(surest) <= OPENING ? 2 : 1;
      weight.add(text.isSure(surest) ? 3 : plain, "text says “" + text.words(surest) + "”");
    }
  }

  private @Nullable Sign surest() {
    Sign any = null;
    for (Sign sign : KINDS) {
      if (text.has(sign)) {
        if (text.isSure(sign)) {
          return sign;
        }
        any = any == null ? sign : any;
      }
    }
    return any;
  }

  /**
   * A mail system must show as the sender. What people and trackers send may be a bounce word for
   * word, and is theirs all the same.
   */
  private boolean isPlausible() {
    boolean system =
        header.sender() != Sender.OTHER
            || header.fieldSigns().has(Sign.FAILED)
            || header.from() == null
            || header.from().address().isEmpty();
    return system
        || subject.sure()
        || (header.nullSender() && (isSaidAtOnce() || content.returned != null));
  }

  /** A recipient stands on a line of its own. */
  private boolean isNamedAlone() {
    List<TextRecipients.Found> named = content.named(header);
    return !named.isEmpty() && named.getFirst().ownLine();
  }

  /** In the Subject and in the first words of the text. */
  private boolean isSaidAtOnce() {
    return said.sureWithin() <= OPENING
        || (subject.any() && said.within() <= OPENING && isNamedAlone());
  }

  /** Something of the message that bounced: itself, its recipient, or what a server said of it. */
  private boolean weighSubstance() {
    if (content.program) {
      return false; // worms came as bounces with themselves attached
    }
    if (content.returned != null) {
      weight.add(2, content.returnedFull ? "a message came back" : "a header came back");
      return said.any() || subject.any() || header.isSystem();
    }
    if (!said.any() && !subject.any()) {
      return false;
    }
    if (content.statusInText != null || header.fieldSigns().has(Sign.FAILED)) {
      return true;
    }
    return !isPretended() && (quotesReply() || namesRecipient() || isOldGateway());
  }

  /** Phishing dressed as a report, or a human in the role of a postmaster: nothing came back. */
  private boolean isPretended() {
    boolean alone = !header.isMachine();
    return switch (header.sender()) {
      case DAEMON -> false;
      case DAEMON_NAME -> (alone && !subject.sure()) || text.has(Sign.LURE);
      case POSTMASTER -> (alone && !said.sure() && !isNamedAlone()) || text.has(Sign.LURE);
      case OTHER -> text.has(Sign.LURE);
    };
  }

  private boolean quotesReply() {
    Integer reply = EnhancedStatus.replyCode(content.text);
    boolean quotes = reply != null && reply >= 400 && (isCalledSystem() || !content.html);
    if (quotes) {
      weight.add(1, "a server's reply is quoted");
    }
    return quotes;
  }

  /** Parcel services and phishers name addresses too, but not as a mail system in plain text. */
  private boolean namesRecipient() {
    boolean named = isCalledSystem();
    boolean known = header.isSystem() || header.nullSender() || (named && header.isMachine());
    boolean system = known && (subject.any() || !content.html) && (named || !content.html);
    boolean mayName = (said.sure() && (named || !content.html)) || (system && !text.has(Sign.LURE));
    boolean enough = subject.any() || said.sure();
    boolean names = mayName && (enough ? !content.named(header).isEmpty() : isNamedAlone());
    if (names) {
      weight.add(1, "a recipient is named");
    }
    return names;
  }

  private boolean isCalledSystem() {
    return header.sender() != Sender.OTHER;
  }

  /** Old gateways name people, not addresses. */
  private boolean isOldGateway() {
    return header.isSystem()
        && said.sureWithin() <= OPENING
        && subject.any()
        && !content.html
        && !content.archive
        && !text.has(Sign.LURE);
  }

  private Subform subform() {
    boolean failed =
        header.subjectSigns().has(Sign.FAILED) && !header.subjectSigns().has(Sign.DELAYED);
    if (text.isSure(Sign.DELAYED) || header.subjectSigns().has(Sign.DELAYED)) {
      return Subform.DELAYED;
    }
    boolean delivered =
        !failed && !text.has(Sign.FAILED) && header.subjectSigns().has(Sign.DELIVERED);
    if (delivered || (text.isSure(Sign.DELIVERED) && !text.isSure(Sign.FAILED))) {
      return Subform.DELIVERED;
    }
    boolean onlyDelayed = text.has(Sign.DELAYED) && !text.isSure(Sign.FAILED) && !failed;
    return onlyDelayed ? Subform.DELAYED : Subform.FAILED;
  }

  private Confidence confidence() {
    boolean known =
        text.isSure(Sign.FAILED)
            || text.isSure(Sign.DELAYED)
            || header.fieldSigns().has(Sign.FAILED);
    return known || weight.points() >= ENOUGH + 2 ? Confidence.MEDIUM : Confidence.LOW;
  }
}
