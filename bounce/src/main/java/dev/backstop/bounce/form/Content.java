package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Fold;
import dev.backstop.mail.header.MessageIds;
import dev.backstop.mail.message.ContentType;
import dev.backstop.mail.message.Cut;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.MimeWalk;
import dev.backstop.mail.message.Part;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.report.DeliveryStatus;
import dev.backstop.mail.report.DispositionNotification;
import dev.backstop.mail.report.EnhancedStatus;
import dev.backstop.mail.report.FeedbackReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the body, as far as it matters: the reports of the standards, the returned message
 * and the first text. Filled by one walk and then only read.
 */
final class Content {
  /** Characters of the text that are read for words. */
  private static final List<String> PROGRAMS =
      List.of(
          ".zip", ".exe", ".scr", ".pif", ".com", ".bat", ".cmd", ".vbs", ".js", ".jar", ".rar");

  /** Folded characters of the text that are compared with known words. */
  static final int WORDS_BOUND = 3000;

  static final int TEXT_BOUND = 64_000;

  @Nullable DeliveryStatus deliveryStatus;
  @Nullable DispositionNotification disposition;
  @Nullable FeedbackReport feedback;
  @Nullable Header returned;

  /** The same with its octets. */
  @Nullable Header returnedOctets;

  boolean returnedFull;

  /** One report by its type (RFC 6522). */
  private boolean single;

  /** A compressed or JSON attachment, as aggregate reports have. */
  boolean archive;

  /** An attached program, or an archive with an innocent name. */
  boolean program;

  /** The first text, without the returned message in it. */
  String text = "";

  /** Where it stands; {@code null} when that was not plain text. */
  private @Nullable Part plain;

  /** RFC 3464 fields written into the text, as some do: tells of recipients, proves nothing. */
  @Nullable DeliveryStatus statusInText;

  private String statusText = "";

  /** What was left unread. */
  final Set<Cut> cuts = EnumSet.noneOf(Cut.class);

  /** The text was stripped of tags. */
  boolean html;

  static Content read(ContentType type, String transferEncoding, RawMessage message) {
    var content = new Content();
    content.single = type.is("multipart/report");
    content.cuts.addAll(message.cuts());
    content.cuts.addAll(MimeWalk.walk(type, transferEncoding, message.body(), content::visit));
    if (content.isEmpty()) { // MIME broken beyond repair: the words are there all the same
      content.text(Part.plain(message.body()), false);
    }
    content.splitText();
    if (content.deliveryStatus != null && content.deliveryStatus.cut()) {
      content.cuts.add(Cut.RECIPIENTS);
    }
    return content;
  }

  /**
   * False when a proper report is read to its returned message; elsewhere a second report may
   * follow.
   */
  private boolean visit(Part part) {
    switch (part.type().mediaType()) {
      case "message/delivery-status", "message/global-delivery-status" -> {
        statusText = part.text();
        DeliveryStatus parsed = DeliveryStatus.parse(statusText);
        deliveryStatus = deliveryStatus == null ? parsed : deliveryStatus.merge(parsed);
      }
      case "message/disposition-notification", "message/global-disposition-notification" ->
          disposition = DispositionNotification.parse(part.text());
      case "message/feedback-report" -> feedback = FeedbackReport.parse(part.text());
      case "message/rfc822", "message/global", "message/rfc-822" -> returned(part, true);
      case "text/rfc822-headers",
          "text/rfc822-header",
          "message/rfc822-headers",
          "message/global-headers" ->
          returned(part, false);
      case "text/plain" -> text(part, false);
      case "text/html" -> text(part, true);
      default -> attachment(part.type());
    }
    boolean reported = deliveryStatus != null || disposition != null || feedback != null;
    return !(single && reported && returned != null);
  }

  private void returned(Part part, boolean full) {
    if (returned == null) {
      returned = part.header();
      returnedOctets = part.returned().mended();
      returnedFull = full && part.hasBody();
    }
  }

  private boolean isEmpty() {
    return text.isBlank() && deliveryStatus == null && disposition == null && feedback == null;
  }

  /** The first plain text; HTML only until one is found. */
  private void text(Part part, boolean isHtml) {
    boolean reported = deliveryStatus != null || disposition != null;
    if (reported && returned == null && !isHtml) {
      String own = part.text(TEXT_BOUND * 2);
      ReturnedText found = ReturnedText.find(own);
      if (found != null) { // the returned header as a text of its own
        returned(found, part);
        return;
      }
      quoted(own);
    }
    if (part.disposition().equals("attachment") || !(text.isBlank() || (html && !isHtml))) {
      return;
    }
    String read = part.text(TEXT_BOUND * 2);
    String all = isHtml ? HtmlText.strip(read) : read;
    text = withLineFeeds(all);
    html = isHtml;
    plain = isHtml ? null : part;
  }

  private void returned(ReturnedText found, @Nullable Part part) {
    returned = found.header();
    returnedFull = found.full();
    returnedOctets =
        part == null || found.ascii()
            ? found.octets()
            : found.octetsIn(withLineFeeds(part.octets(TEXT_BOUND * 2)));
  }

  /** CRLF, CR and CR CR LF as LF. */
  private static String withLineFeeds(String text) {
    if (text.indexOf('\r') < 0) {
      return text;
    }
    var lines = new StringBuilder(text.length());
    int from = 0;
    for (int i = text.indexOf('\r'); i >= 0; i = text.indexOf('\r', i + 1)) {
      lines.append(text, from, i);
      int next = i + 1 < text.length() && text.charAt(i + 1) == '\r' ? i + 2 : i + 1;
      boolean lineFeed = next < text.length() && text.charAt(next) == '\n';
      lines.append('\n');
      i = lineFeed ? next : i;
      from = i + 1;
    }
    lines.append(text, from, text.length());
    return lines.toString();
  }

  private void attachment(ContentType type) {
    String given = type.parameter("name");
    String name = given == null ? "" : given.toLowerCase(Locale.ROOT);
    archive |= isArchive(type.mediaType()) || name.endsWith(".zip") || name.endsWith(".gz");
    program |= returned == null && isProgram(name);
  }

  private static boolean isProgram(String name) {
    for (String ending : PROGRAMS) {
      if (name.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isArchive(String mediaType) {
    return mediaType.endsWith("zip")
        || mediaType.endsWith("json")
        || mediaType.endsWith("compressed");
  }

  private @Nullable String folded;
  private @Nullable List<TextRecipients.Found> named;

  /** The beginning of the text, folded. */
  String folded() {
    if (folded == null) {
      folded = Fold.text(text, WORDS_BOUND);
    }
    return folded;
  }

  /** The recipients that the text names. */
  List<TextRecipients.Found> named(HeaderMarks header) {
    if (named == null) {
      named = TextRecipients.read(text, header.own());
    }
    return named;
  }

  /** Without MIME the returned message follows in the text itself. */
  private void splitText() {
    ReturnedText split = ReturnedText.find(text);
    if (split != null) {
      if (returned == null) {
        returned(split, plain);
      }
      text = withoutAnnouncement(text.substring(0, split.start()));
    }
    if (text.length() > TEXT_BOUND) {
      text = text.substring(0, TEXT_BOUND);
      cuts.add(Cut.PART);
    }
    if (returned == null && !statusText.isEmpty()) {
      ReturnedText behind = ReturnedText.find(statusText); // a wrong boundary glued it on
      if (behind != null) {
        returned = behind.header();
        returnedOctets = behind.octets();
      }
    }
    if (deliveryStatus == null && text.contains("Final-Recipient:")) {
      statusInText = DeliveryStatus.parse(text);
    }
  }

  /**
   * A header that stands in the text with a mark before each line, as people quote. It is looked
   * for when it can prove something, after the form is known: people quote headers too.
   */
  void findQuoted() {
    if (returned == null && !html) {
      quoted(text);
    }
  }

  private void quoted(String quoting) {
    String unquoted = Quoted.header(quoting);
    ReturnedText found = unquoted == null ? null : ReturnedText.find(unquoted);
    if (found != null) {
      returned(found, null);
    }
  }

  /** The last paragraph, when it only says that the message follows. */
  private static String withoutAnnouncement(String before) {
    String stripped = before.stripTrailing();
    int start = stripped.lastIndexOf("\n\n");
    boolean brief = start >= 0 && stripped.length() - start < 100;
    String last = stripped.substring(Math.max(0, start));
    boolean says = last.indexOf('@') >= 0 || EnhancedStatus.replyCode(last) != null;
    return brief && !says ? stripped.substring(0, start + 1) : before;
  }

  boolean hasDeliveryStatus() {
    return deliveryStatus != null && !deliveryStatus.recipients().isEmpty();
  }

  @Nullable String returnedMessageId() {
    if (returned != null) {
      return MessageIds.only(returned.text("Message-ID"));
    }
    return disposition == null ? null : MessageIds.only(disposition.originalMessageId());
  }
}
