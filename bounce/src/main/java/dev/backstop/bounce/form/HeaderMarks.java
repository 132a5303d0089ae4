package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Fold;
import dev.backstop.bounce.words.Sign;
import dev.backstop.bounce.words.Signs;
import dev.backstop.bounce.words.Vocabulary;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
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
 * @param nullSender the envelope says so, or Return-Path where no envelope is known
 * @param list a mailing list passed it on
 * @param answer the subject begins like a human's answer or forward
 * @param subject folded
 * @param senderSigns in name and address of From
 * @param own addresses of From and To, lower case: never failed recipients
 */
record HeaderMarks(
    Header header,
    @Nullable NamedAddress from,
    Sender sender,
    boolean nullSender,
    AutoSubmitted autoSubmitted,
    boolean list,
    boolean answer,
    String precedence,
    String subject,
    Signs senderSigns,
    Signs subjectSigns,
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

  static HeaderMarks read(Header header, @Nullable ReversePath sender, Vocabulary words) {
    List<NamedAddress> froms = NamedAddress.parse(header.textOrEmpty("From"));
    NamedAddress from = froms.isEmpty() ? null : froms.getFirst();
    String decoded = EncodedWords.decode(header.textOrEmpty("Subject"));
    String subject =
        Fold.line(decoded.length() > MAX_SUBJECT ? decoded.substring(0, MAX_SUBJECT) : decoded);
    String precedence = header.textOrEmpty("Precedence").toLowerCase(Locale.ROOT);
    Signs senderSigns =
        from == null ? Signs.NONE : words.name(Fold.line(from.name() + ' ' + from.address()));
    return new HeaderMarks(
        header,
        from,
        sender(from, senderSigns, words),
        sender == null
            ? "<>".equals(header.text("Return-Path"))
            : sender instanceof NullReversePath,
        AutoSubmitted.parse(header.text("Auto-Submitted")),
        isList(header, precedence),
        isAnswer(subject),
        precedence,
        subject,
        senderSigns,
        words.subject(subject),
        words.fields(header),
        references(header),
        own(header, from));
  }

  private static Sender sender(@Nullable NamedAddress from, Signs signs, Vocabulary words) {
    if (from == null) {
      return Sender.OTHER;
    }
    int at = from.address().lastIndexOf('@');
    String local = at < 0 ? from.address() : from.address().substring(0, at);
    String name = Fold.line(from.name());
    boolean nameOnly = from.address().isEmpty() && words.isDaemon(name); // dma: MAILER-DAEMON <>
    if (words.isDaemon(local.toLowerCase(Locale.ROOT)) || nameOnly) {
      return Sender.DAEMON;
    }
    return signs.has(Sign.DAEMON) ? Sender.DAEMON_NAME : Sender.OTHER;
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

  /** What programs write into their headers, and people do not. */
  boolean isMachine() {
    return nullSender || bulk() || autoSubmitted != AutoSubmitted.NO || suppressesReplies();
  }

  /** Precedence of mail that nobody shall answer. */
  boolean bulk() {
    return precedence.startsWith("bulk") || precedence.startsWith("junk");
  }

  boolean suppressesReplies() {
    String value = header.textOrEmpty("X-Auto-Response-Suppress");
    return !value.isEmpty() && !value.equalsIgnoreCase("none");
  }

  /** Weight against every automatic form: lists, answers, programs that people write with. */
  int humanMarks() {
    return programMarks() + (answer ? 2 : 0);
  }

  /** The same without the Subject, for forms that answer as people do. */
  int programMarks() {
    return (list ? 3 : 0) + (fieldSigns.has(Sign.HUMAN) ? 3 : 0);
  }

  /** True when nothing in the header asks to look into the body. */
  boolean areOrdinary() {
    return sender == Sender.OTHER
        && senderSigns.isEmpty()
        && (list || !isMachine())
        && subjectSigns.isEmpty()
        && (fieldSigns.isEmpty() || fieldSigns.isOnly(Sign.HUMAN));
  }
}
