package dev.backstop.bounce.form;

import dev.backstop.mail.header.AutoSubmitted;
import dev.backstop.mail.header.EncodedWords;
import dev.backstop.mail.header.MessageIds;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the header alone shows.
 *
 * @param from the first address of From
 * @param sender how much the From field looks like a mail system's
 * @param nullReturnPath Return-Path is {@code <>}; not there while the message is still in SMTP
 * @param list a mailing list passed it on
 * @param answer the subject begins like a human's answer or forward
 * @param subject folded
 * @param own addresses of From and To, lower case: never failed recipients
 */
record HeaderMarks(
    Header header,
    @Nullable NamedAddress from,
    Sender sender,
    boolean nullReturnPath,
    AutoSubmitted autoSubmitted,
    boolean list,
    boolean answer,
    String precedence,
    String subject,
    Signs subjectSigns,
    Signs openingSigns,
    Signs fieldSigns,
    List<String> references,
    List<String> own) {

  /** How much the From field looks like a mail system's. */
  enum Sender {
    DAEMON,
    DAEMON_NAME,
    OTHER
  }

  private static final String[] ANSWER = {
    "re:", "re[", "fwd:", "fw:", "aw:", "wg:", "sv:", "vs:", "tr:", "rv:", "antw:", "[fwd:", "res:"
  };
  private static final int MAX_SUBJECT = 400;

  static HeaderMarks read(Header header) {
    List<NamedAddress> froms = NamedAddress.parse(header.textOrEmpty("From"));
    NamedAddress from = froms.isEmpty() ? null : froms.getFirst();
    String decoded = EncodedWords.decode(header.textOrEmpty("Subject"));
    String subject =
        Folded.line(decoded.length() > MAX_SUBJECT ? decoded.substring(0, MAX_SUBJECT) : decoded);
    String precedence = header.textOrEmpty("Precedence").toLowerCase(Locale.ROOT);
    return new HeaderMarks(
        header,
        from,
        sender(from),
        "<>".equals(header.text("Return-Path")),
        AutoSubmitted.parse(header.text("Auto-Submitted")),
        isList(header, precedence),
        isAnswer(subject),
        precedence,
        subject,
        Wording.SUBJECT.in(subject),
        Wording.opening(subject),
        Wording.fields(header),
        references(header),
        own(header, from));
  }

  private static Sender sender(@Nullable NamedAddress from) {
    if (from == null) {
      return Sender.OTHER;
    }
    int at = from.address().lastIndexOf('@');
    String local = at < 0 ? from.address() : from.address().substring(0, at);
    String name = Folded.line(from.name());
    boolean nameOnly = from.address().isEmpty() && Wording.isDaemon(name); // dma: MAILER-DAEMON <>
    if (Wording.isDaemon(local.toLowerCase(Locale.ROOT)) || nameOnly) {
      return Sender.DAEMON;
    }
    return Wording.NAME.in(name).has(Sign.DAEMON) ? Sender.DAEMON_NAME : Sender.OTHER;
  }

  private static boolean isList(Header header, String precedence) {
    return precedence.startsWith("list")
        || header.has("List-Id")
        || header.has("List-Post")
        || header.has("List-Unsubscribe")
        || header.has("Mailing-List");
  }

  private static boolean isAnswer(String subject) {
    for (String prefix : ANSWER) {
      if (subject.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> references(Header header) {
    List<String> references = new ArrayList<>(MessageIds.all(header.textOrEmpty("References")));
    for (String id : MessageIds.all(header.textOrEmpty("In-Reply-To"))) {
      if (!references.contains(id)) {
        references.add(id);
      }
    }
    return references;
  }

  private static List<String> own(Header header, @Nullable NamedAddress from) {
    List<String> own = new ArrayList<>(2);
    if (from != null && !from.address().isEmpty()) {
      own.add(from.address().toLowerCase(Locale.ROOT));
    }
    for (NamedAddress to : NamedAddress.parse(header.textOrEmpty("To"))) {
      if (own.size() < 10 && !to.address().isEmpty()) {
        own.add(to.address().toLowerCase(Locale.ROOT));
      }
    }
    return own;
  }

  /** True when nothing in the header asks to look into the body. */
  boolean areOrdinary() {
    return sender == Sender.OTHER
        && !nullReturnPath
        && autoSubmitted == AutoSubmitted.NO
        && subjectSigns.isEmpty()
        && openingSigns.isEmpty()
        && fieldSigns.isEmpty();
  }
}
