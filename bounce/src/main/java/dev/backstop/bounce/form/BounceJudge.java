package dev.backstop.bounce.form;

import dev.backstop.bounce.form.HeaderMarks.Sender;
import dev.backstop.mail.header.AutoSubmitted;
import dev.backstop.mail.message.ContentType;
import dev.backstop.mail.report.DeliveryStatus;
import dev.backstop.mail.report.EnhancedStatus;
import java.util.ArrayList;
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

  private final HeaderMarks header;
  private final Content content;
  private final Signs text;
  private final List<String> marks = new ArrayList<>();
  private int weight;

  private BounceJudge(HeaderMarks header, Content content, Signs text) {
    this.header = header;
    this.content = content;
    this.text = text;
  }

  static Judgement byDeliveryStatus(Content content, ContentType type) {
    DeliveryStatus status = content.deliveryStatus;
    var recipients = status == null ? List.<DeliveryStatus.Recipient>of() : status.recipients();
    boolean proper = FormJudge.reportType(type).equals("delivery-status");
    return new Judgement(
        Form.BOUNCE,
        worst(recipients),
        Confidence.HIGH,
        List.of(
            proper
                ? "delivery status notification (RFC 3464)"
                : "delivery status (RFC 3464) inside " + type.mediaType()));
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
    boolean words =
        judge.says(Sign.FAILED) || judge.says(Sign.DELAYED) || judge.says(Sign.DELIVERED);
    if (!words || !judge.isPlausible() || !judge.weighSubstance() || judge.weight < ENOUGH) {
      return null;
    }
    return new Judgement(
        Form.BOUNCE, judge.subform(), judge.confidence(), List.copyOf(judge.marks));
  }

  private void add(int points, String mark) {
    weight += points;
    marks.add(mark);
  }

  private void weighHeader(ContentType type) {
    switch (header.sender()) {
      case DAEMON -> add(2, "the sender is a mail system");
      case DAEMON_NAME -> add(1, "the sender is called like a mail system");
      case OTHER -> {}
    }
    if (header.nullReturnPath()) {
      add(1, "null Return-Path");
    }
    if (header.autoSubmitted() != AutoSubmitted.NO) {
      add(1, "Auto-Submitted");
    }
    if (header.fieldSigns().has(Sign.FAILED)) {
      add(3, header.fieldSigns().words(Sign.FAILED));
    }
    if (FormJudge.reportType(type).equals("delivery-status")) {
      add(2, "report-type delivery-status without its report");
    }
  }

  private void weighWords() {
    for (Sign sign : List.of(Sign.FAILED, Sign.DELAYED, Sign.DELIVERED)) {
      if (header.subjectSigns().has(sign)) {
        add(2, "Subject says “" + header.subjectSigns().words(sign) + "”");
        break;
      }
    }
    Sign surest = surest();
    if (surest != null) {
      add(text.isSure(surest) ? 3 : 2, "text says “" + text.words(surest) + "”");
    }
  }

  private @Nullable Sign surest() {
    Sign any = null;
    for (Sign sign : List.of(Sign.FAILED, Sign.DELAYED, Sign.DELIVERED)) {
      if (text.has(sign)) {
        if (text.isSure(sign)) {
          return sign;
        }
        any = any == null ? sign : any;
      }
    }
    return any;
  }

  /** Answers, forwards and list mail speak of bounces; mail systems do not write such mail. */
  private void weighHumanMarks() {
    if (header.list()) {
      weight -= 3;
    }
    boolean aboutBounce = header.subjectSigns().has(Sign.FAILED);
    if (header.answer() && (header.sender() != Sender.DAEMON || aboutBounce)) {
      weight -= 3;
    }
    if (Wording.isHuman(header.header())) {
      weight -= 3;
    }
  }

  private boolean says(Sign sign) {
    return header.subjectSigns().has(sign) || text.has(sign);
  }

  /** A mail system must show as the sender in one way or another. */
  private boolean isPlausible() {
    return header.sender() != Sender.OTHER
        || header.nullReturnPath()
        || header.fieldSigns().has(Sign.FAILED)
        || header.autoSubmitted() != AutoSubmitted.NO
        || isSure();
  }

  private boolean isSure() {
    return text.isSure(Sign.FAILED) || text.isSure(Sign.DELAYED) || text.isSure(Sign.DELIVERED);
  }

  /** Something of the message that bounced: itself, its recipient, or what a server said of it. */
  private boolean weighSubstance() {
    if (content.returned != null) {
      add(1, content.returnedFull ? "a message came back" : "a header came back");
      return true;
    }
    if (content.statusInText != null || header.fieldSigns().has(Sign.FAILED)) {
      return true;
    }
    Integer reply = EnhancedStatus.replyCode(content.text);
    if (reply != null && reply >= 400) {
      add(1, "a server's reply is quoted");
      return true;
    }
    // Parcel services and phishers name addresses too, but not as a mail system in plain text.
    boolean mayName = isSure() || (header.sender() == Sender.DAEMON && !content.html);
    if (mayName && !TextRecipients.read(content.text, header.own()).isEmpty()) {
      add(1, "a recipient is named");
      return true;
    }
    return false;
  }

  private Subform subform() {
    boolean failed =
        header.subjectSigns().has(Sign.FAILED) && !header.subjectSigns().has(Sign.DELAYED);
    if (text.isSure(Sign.DELAYED) || header.subjectSigns().has(Sign.DELAYED)) {
      return Subform.DELAYED;
    }
    if (text.isSure(Sign.DELIVERED) || header.subjectSigns().has(Sign.DELIVERED)) {
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
    return known || weight >= ENOUGH + 2 ? Confidence.MEDIUM : Confidence.LOW;
  }
}
