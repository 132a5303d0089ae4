package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Reason;
import dev.backstop.bounce.words.Reasons;
import dev.backstop.mail.header.IpText;
import dev.backstop.mail.report.DeliveryStatus;
import dev.backstop.mail.report.EnhancedStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a bounce says of each recipient, from its delivery status or from its text. */
final class Recipients {
  private static final int MAX_DIAGNOSTIC = 500;
  private static final int MAX_HEADER_RECIPIENTS = 100;

  private Recipients() {}

  static List<ReportedRecipient> read(
      HeaderMarks header, Content content, @Nullable Subform subform) {
    DeliveryStatus status =
        content.hasDeliveryStatus() ? content.deliveryStatus : content.statusInText;
    if (status != null && !status.recipients().isEmpty()) {
      List<ReportedRecipient> recipients = new ArrayList<>(status.recipients().size());
      for (DeliveryStatus.Recipient recipient : status.recipients()) {
        recipients.add(reported(recipient, diagnostic(recipient, header, content)));
      }
      return List.copyOf(recipients);
    }
    return fromText(header, content.text, subform);
  }

  /** Some put the server's words into the text only. */
  private static @Nullable String diagnostic(
      DeliveryStatus.Recipient recipient, HeaderMarks header, Content content) {
    if (recipient.diagnostic() != null) {
      return bounded(recipient.diagnostic());
    }
    String address = recipient.finalRecipient();
    if (address != null && content.text.contains(address)) {
      for (TextRecipients.Found found : TextRecipients.read(content.text, header.own())) {
        int reply = found.address().equals(address) ? startOfReply(found.said()) : -1;
        if (reply >= 0) {
          return bounded(found.said().substring(reply));
        }
      }
    }
    return null;
  }

  private static ReportedRecipient reported(
      DeliveryStatus.Recipient recipient, @Nullable String diagnostic) {
    String said = diagnostic == null ? "" : diagnostic;
    String inWords = EnhancedStatus.find(said);
    Integer reply = EnhancedStatus.replyCode(said);
    Reason reason =
        isFailure(recipient.action(), recipient.status())
            ? Reasons.of(said, inWords == null ? recipient.status() : inWords)
            : null;
    return new ReportedRecipient(
        recipient.finalRecipient(),
        recipient.originalRecipient(),
        recipient.action(),
        recipient.status(),
        reply,
        reason,
        reason == null ? null : Reasons.isPermanent(reason, recipient.status(), reply),
        diagnostic,
        recipient.remoteMta());
  }

  private static boolean isFailure(@Nullable String action, @Nullable String status) {
    return BounceJudge.subform(action, status).compareTo(Subform.DELAYED) <= 0;
  }

  private static List<ReportedRecipient> fromText(
      HeaderMarks header, String text, @Nullable Subform subform) {
    List<TextRecipients.Found> found = TextRecipients.read(text, header.own());
    if (found.isEmpty()) {
      found = TextRecipients.read(text, List.of()); // somebody wrote to himself
    }
    String failed = header.header().text("X-Failed-Recipients");
    List<ReportedRecipient> recipients = new ArrayList<>();
    if (failed != null) {
      for (String address : failed.split(",", MAX_HEADER_RECIPIENTS)) {
        if (!address.isBlank()) {
          recipients.add(ofWords(address.strip(), said(address.strip(), found, text), subform));
        }
      }
    } else {
      for (TextRecipients.Found recipient : found) {
        String said = found.size() == 1 ? saidOrReply(recipient.said(), text) : recipient.said();
        recipients.add(ofWords(recipient.address(), said, subform));
      }
    }
    return List.copyOf(recipients);
  }

  private static String said(String address, List<TextRecipients.Found> found, String text) {
    for (TextRecipients.Found recipient : found) {
      if (recipient.address().equalsIgnoreCase(address) && !recipient.said().isEmpty()) {
        return found.size() == 1 ? saidOrReply(recipient.said(), text) : recipient.said();
      }
    }
    return text;
  }

  /** With one recipient a reply anywhere in the text is about it. */
  private static String saidOrReply(String said, String text) {
    return startOfReply(said) < 0 && startOfReply(oneLine(text)) >= 0 ? text : said;
  }

  private static ReportedRecipient ofWords(String address, String said, @Nullable Subform subform) {
    String line = oneLine(said);
    int reply = startOfReply(line);
    String diagnostic = bounded(reply < 0 ? line : withoutGoodbye(line.substring(reply)));
    String status = EnhancedStatus.find(diagnostic);
    Integer code = reply < 0 ? null : EnhancedStatus.replyCode(diagnostic);
    String action = subform == null ? null : subform.toString();
    Reason reason = isFailure(action, status) ? Reasons.of(diagnostic, status) : null;
    return new ReportedRecipient(
        address,
        null,
        action,
        status,
        code,
        reason,
        reason == null ? null : Reasons.isPermanent(reason, status, code),
        diagnostic.isEmpty() ? null : diagnostic,
        remote(reply < 0 ? line : line.substring(0, reply)));
  }

  private static String oneLine(String text) {
    return text.length() > 4000
        ? text.substring(0, 4000).replaceAll("\\s+", " ")
        : text.replaceAll("\\s+", " ");
  }

  private static String bounded(String text) {
    return text.length() > MAX_DIAGNOSTIC ? text.substring(0, MAX_DIAGNOSTIC) : text;
  }

  /** Index of the first 4xx or 5xx reply, or -1. */
  private static int startOfReply(String line) {
    for (int i = 0; i + 3 < line.length(); i++) {
      boolean starts = i == 0 || " :<(\"".indexOf(line.charAt(i - 1)) >= 0;
      if (starts && (line.charAt(i) == '4' || line.charAt(i) == '5')) {
        Integer code = EnhancedStatus.replyCode(line.substring(i, Math.min(line.length(), i + 4)));
        if (code != null) {
          return i;
        }
      }
    }
    return -1;
  }

  /** qmail's last words belong to qmail, not to the server it quotes. */
  private static String withoutGoodbye(String diagnostic) {
    int end = diagnostic.indexOf(" Giving up on ");
    return end < 0 ? diagnostic : diagnostic.substring(0, end);
  }

  /** {@code host name [address]:} before the reply; the name when there is one. */
  private static @Nullable String remote(String before) {
    IpText.Found address = IpText.find(before, 0);
    if (address == null) {
      return null;
    }
    int bracket = before.indexOf('[');
    String name = bracket < 0 ? "" : before.substring(0, bracket).strip();
    String word = name.substring(name.lastIndexOf(' ') + 1);
    return word.indexOf('.') > 0 && word.indexOf('@') < 0 ? word : address.address();
  }
}
