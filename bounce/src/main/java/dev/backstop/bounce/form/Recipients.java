package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Reason;
import dev.backstop.bounce.words.Reasons;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.report.DeliveryStatus;
import dev.backstop.mail.report.DispositionNotification;
import dev.backstop.mail.report.EnhancedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a bounce says of each recipient, from its delivery status or from its text. */
final class Recipients {
  private static final int MAX_HEADER_RECIPIENTS = 100;

  private final HeaderMarks header;
  private final Content content;
  private final @Nullable Subform subform;

  private Recipients(HeaderMarks header, Content content, @Nullable Subform subform) {
    this.header = header;
    this.content = content;
    this.subform = subform;
  }

  static List<ReportedRecipient> ofBounce(
      HeaderMarks header, Content content, @Nullable Subform subform) {
    var reader = new Recipients(header, content, subform);
    DeliveryStatus status =
        content.hasDeliveryStatus() ? content.deliveryStatus : content.statusInText;
    return status == null || status.recipients().isEmpty()
        ? reader.fromText()
        : reader.fromStatus(status.recipients());
  }

  /** Who read the message, or did not (RFC 8098 §3.2.3, §3.2.6). */
  static List<ReportedRecipient> ofReceipt(Content content) {
    DispositionNotification receipt = content.disposition;
    if (receipt == null || receipt.finalRecipient() == null) {
      return List.of();
    }
    return List.of(
        new ReportedRecipient(
            receipt.finalRecipient(),
            receipt.originalRecipient(),
            receipt.disposition(),
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private List<ReportedRecipient> fromStatus(List<DeliveryStatus.Recipient> said) {
    List<TextRecipients.Found> found = List.of();
    if (said.stream().anyMatch(recipient -> recipient.diagnostic() == null)) {
      found = content.named(header);
    }
    String text = said.size() == 1 ? content.folded() : "";
    List<ReportedRecipient> recipients = new ArrayList<>(said.size());
    for (DeliveryStatus.Recipient recipient : said) {
      recipients.add(ofStatus(recipient, quote(recipient, found), text));
    }
    return recipients.stream()
        .distinct()
        .filter(recipient -> !isHalf(recipient, recipients))
        .toList();
  }

  /**
   * Gateways tear the fields of one recipient apart, so that the second half looks like another.
   */
  private static boolean isHalf(ReportedRecipient recipient, List<ReportedRecipient> all) {
    String original = recipient.originalRecipient();
    return recipient.finalRecipient() == null
        && original != null
        && all.stream().anyMatch(other -> original.equalsIgnoreCase(other.finalRecipient()));
  }

  /** The server's words; some put them into the text only. */
  private static Quote quote(DeliveryStatus.Recipient recipient, List<TextRecipients.Found> found) {
    if (recipient.diagnostic() != null) {
      Quote quote = Quote.of(recipient.diagnostic());
      return new Quote(quote.line(), quote.line().isEmpty() ? -1 : 0);
    }
    for (TextRecipients.Found one : found) {
      Quote quote = Quote.of(one.said());
      if (one.address().equals(recipient.finalRecipient()) && quote.hasReply()) {
        return quote;
      }
    }
    return Quote.of("");
  }

  private static ReportedRecipient ofStatus(
      DeliveryStatus.Recipient recipient, Quote quote, String text) {
    String diagnostic = quote.diagnostic();
    String inWords = EnhancedStatus.find(diagnostic);
    String status = recipient.status() == null ? inWords : recipient.status();
    String action = action(recipient.action(), status);
    String telling = inWords == null || isVague(inWords) ? status : inWords;
    Reason reason = reason(action, quote, telling, text);
    return new ReportedRecipient(
        recipient.finalRecipient(),
        recipient.originalRecipient(),
        action,
        status,
        quote.code(),
        reason,
        isPermanent(reason, action, status, quote, text),
        diagnostic.isEmpty() ? null : diagnostic,
        recipient.remoteMta() == null ? quote.remote() : recipient.remoteMta());
  }

  /** {@code null} for what was delivered. */
  private static @Nullable Reason reason(
      @Nullable String action, Quote quote, @Nullable String status, String text) {
    return isFailure(action)
        ? Reasons.of(Quote.firstReply(quote.diagnostic()), status, text)
        : null;
  }

  private static @Nullable Boolean isPermanent(
      @Nullable Reason reason,
      @Nullable String action,
      @Nullable String status,
      Quote quote,
      String text) {
    boolean delayed = Subform.DELAYED.toString().equals(action);
    return reason == null ? null : Reasons.isPermanent(reason, status, quote.code(), text, delayed);
  }

  private static boolean isVague(String status) {
    return status.endsWith(".0.0");
  }

  /** The word of RFC 3464 §2.3.3 for what stands there, or for the status where nothing does. */
  private static @Nullable String action(@Nullable String said, @Nullable String status) {
    String word = said == null ? "" : said.toLowerCase(Locale.ROOT);
    boolean known = word.isEmpty() || word.startsWith("fail") || word.startsWith("delay");
    Subform meant = BounceJudge.subform(word.startsWith("fail") ? "failed" : said, status);
    boolean sameWord = word.startsWith(meant.toString());
    return known || sameWord ? meant.toString() : said;
  }

  private static boolean isFailure(@Nullable String action) {
    return BounceJudge.subform(action, null).compareTo(Subform.DELAYED) <= 0;
  }

  private List<ReportedRecipient> fromText() {
    String text = content.text;
    List<TextRecipients.Found> found = content.named(header);
    String failed = header.header().text("X-Failed-Recipients");
    List<String> addresses = failed == null ? List.of() : addresses(failed);
    if (addresses.isEmpty() && found.isEmpty()) {
      addresses = returnedTo();
    }
    if (addresses.isEmpty() && found.isEmpty()) {
      found = TextRecipients.read(text, List.of()); // somebody wrote to himself
    }
    List<ReportedRecipient> recipients = new ArrayList<>();
    if (addresses.isEmpty()) {
      boolean single = found.size() == 1;
      found.forEach(one -> recipients.add(ofWords(one.address(), one.said(), single)));
    } else {
      for (String address : addresses) {
        recipients.add(ofWords(address, said(address, found), addresses.size() == 1));
      }
    }
    return List.copyOf(recipients);
  }

  private static List<String> addresses(String field) {
    List<String> addresses = new ArrayList<>();
    for (String address : field.split(",", MAX_HEADER_RECIPIENTS)) {
      if (!address.isBlank()) {
        addresses.add(address.strip());
      }
    }
    return addresses;
  }

  /** Nobody is named: if the message had one recipient, it was that one. */
  private List<String> returnedTo() {
    if (content.returned == null) {
      return List.of();
    }
    List<NamedAddress> to = NamedAddress.parse(content.returned.textOrEmpty("To"));
    boolean one = to.size() == 1 && to.getFirst().address().indexOf('@') > 0;
    return one ? List.of(to.getFirst().address()) : List.of();
  }

  private static String said(String address, List<TextRecipients.Found> found) {
    for (TextRecipients.Found one : found) {
      if (one.address().equalsIgnoreCase(address)) {
        return one.said();
      }
    }
    return "";
  }

  private ReportedRecipient ofWords(String address, String said, boolean single) {
    Quote quote = Quote.of(said);
    if (single && !quote.hasReply()) { // with one recipient a reply anywhere is about it
      Quote anywhere = Quote.of(content.text);
      quote = anywhere.hasReply() || quote.line().isEmpty() ? anywhere : quote;
    }
    String diagnostic = quote.diagnostic();
    String status = EnhancedStatus.find(diagnostic);
    String action = subform == null ? null : subform.toString();
    String text = single ? content.folded() : "";
    Reason reason = reason(action, quote, status, text);
    return new ReportedRecipient(
        address,
        null,
        action,
        status,
        quote.code(),
        reason,
        isPermanent(reason, action, status, quote, text),
        diagnostic.isEmpty() ? null : diagnostic,
        quote.remote());
  }
}
