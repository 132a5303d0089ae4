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
import dev.backstop.mail.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the header alone shows. Read in one pass, as nearly all mail is let go after it. */
final class HeaderMarks {
  /** How much the From field looks like a mail system's. */
  enum Sender {
    /** The address of a program. */
    DAEMON,
    /** The address of a program or of the human behind it. */
    POSTMASTER,
    /** Only called like a program. */
    DAEMON_NAME,
    OTHER
  }

  /** How people's programs begin the Subject of answers and forwards, folded. */
  private static final String[] ANSWER = {
    "re:", "re[", "re :", "fwd:", "fw:", "[fwd:", "aw:", "wg:", "antw:", "sv:", "vs:", "vb:", "vl:",
    "tr:", "rv:", "res:", "enc:", "rif:", "r: ", "i: ", "doorst:", "odp:", "pd:", "ynt:", "ilt:",
    "回复:", "答复:", "转发:", "回覆:", "轉寄:", "ha: ", "на: ", "отв:"
  };

  private static final int MAX_SUBJECT = 400;

  private final Header header;
  private final List<String> names;
  private final Signs fieldSigns;
  private boolean nullSender;
  private boolean list;
  private AutoSubmitted autoSubmitted = AutoSubmitted.NO;
  private String precedence = "";
  private String suppress = "";
  private @Nullable String fromField;
  private @Nullable String subjectField;
  private @Nullable String returnPath;
  private boolean answers;
  private final @Nullable NamedAddress from;
  private final Sender sender;
  private final boolean answer;
  private final String subject;
  private final Signs senderSigns;
  private final Signs subjectSigns;

  private HeaderMarks(Header header, @Nullable ReversePath envelope, Vocabulary words) {
    this.header = header;
    Vocabulary.Fields signs = words.fields();
    names = new ArrayList<>(header.fields().size());
    for (HeaderField field : header.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      names.add(name);
      field(name, field);
      signs.look(name, field);
    }
    fieldSigns = signs.found();
    nullSender = envelope == null ? "<>".equals(returnPath) : envelope instanceof NullReversePath;
    list |= precedence.startsWith("list");
    List<NamedAddress> froms = NamedAddress.parse(fromField == null ? "" : fromField);
    from = froms.isEmpty() ? null : froms.getFirst();
    String decoded = EncodedWords.decode(subjectField == null ? "" : subjectField);
    subject =
        Fold.line(decoded.length() > MAX_SUBJECT ? decoded.substring(0, MAX_SUBJECT) : decoded);
    answer = isAnswer(subject);
    senderSigns =
        from == null ? Signs.NONE : words.name(Fold.line(from.name() + ' ' + from.address()));
    subjectSigns = words.subject(subject);
    sender = sender(from, senderSigns, words);
  }

  static HeaderMarks read(Header header, @Nullable ReversePath envelope, Vocabulary words) {
    return new HeaderMarks(header, envelope, words);
  }

  /** Of several fields with one name the topmost counts. */
  private void field(String name, HeaderField field) {
    switch (name) {
      case "from" -> fromField = fromField == null ? field.text() : fromField;
      case "subject" -> subjectField = subjectField == null ? field.text() : subjectField;
      case "return-path" -> returnPath = returnPath == null ? field.text() : returnPath;
      case "precedence" -> precedence = precedence.isEmpty() ? lower(field) : precedence;
      case "auto-submitted" -> {
        if (autoSubmitted == AutoSubmitted.NO) {
          autoSubmitted = AutoSubmitted.parse(field.text());
        }
      }
      case "x-auto-response-suppress" -> suppress = lower(field);
      case "list-id", "list-post", "list-unsubscribe", "mailing-list" -> list = true;
      case "references", "in-reply-to" -> answers = true;
      default -> {} // deliberately: what else matters stands in the vocabulary
    }
  }

  private static String lower(HeaderField field) {
    return field.text().toLowerCase(Locale.ROOT);
  }

  private static Sender sender(@Nullable NamedAddress from, Signs signs, Vocabulary words) {
    if (from == null) {
      return Sender.OTHER;
    }
    int at = from.address().lastIndexOf('@');
    String local = at < 0 ? from.address() : from.address().substring(0, at);
    // dma writes MAILER-DAEMON <>
    boolean nameOnly = from.address().isEmpty() && words.isDaemon(Fold.line(from.name()));
    String lower = local.toLowerCase(Locale.ROOT);
    boolean address = words.isDaemonAddress(from.address().toLowerCase(Locale.ROOT));
    if (address || words.isDaemon(lower) || nameOnly) {
      return lower.startsWith("post") || lower.startsWith("poost")
          ? Sender.POSTMASTER
          : Sender.DAEMON;
    }
    return signs.has(Sign.DAEMON) ? Sender.DAEMON_NAME : Sender.OTHER;
  }

  private static boolean isAnswer(String subject) {
    for (String prefix : ANSWER) {
      if (subject.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  Header header() {
    return header;
  }

  /** The names of its fields, lower case. */
  List<String> names() {
    return names;
  }

  /** The first address of From. */
  @Nullable NamedAddress from() {
    return from;
  }

  /** How much the From field looks like a mail system's. */
  Sender sender() {
    return sender;
  }

  /** The address of From is a mail system's. */
  boolean isSystem() {
    return sender == Sender.DAEMON || sender == Sender.POSTMASTER;
  }

  /** The envelope says so, or Return-Path where no envelope is known. */
  boolean nullSender() {
    return nullSender;
  }

  AutoSubmitted autoSubmitted() {
    return autoSubmitted;
  }

  /** A mailing list passed it on. */
  boolean list() {
    return list;
  }

  /** The Subject begins like a human's answer or forward. */
  boolean answer() {
    return answer;
  }

  String precedence() {
    return precedence;
  }

  /** Folded. */
  String subject() {
    return subject;
  }

  /** In name and address of From. */
  Signs senderSigns() {
    return senderSigns;
  }

  Signs subjectSigns() {
    return subjectSigns;
  }

  Signs fieldSigns() {
    return fieldSigns;
  }

  /** In-Reply-To or References is there. */
  boolean answersMessage() {
    return answers;
  }

  /** The Message-IDs of References and In-Reply-To, newest last. */
  List<String> references() {
    List<String> references = new ArrayList<>(MessageIds.all(header.textOrEmpty("References")));
    for (String id : MessageIds.all(header.textOrEmpty("In-Reply-To"))) {
      if (!references.contains(id)) {
        references.add(id);
      }
    }
    return references;
  }

  /** Addresses of From and To, lower case: never failed recipients. */
  List<String> own() {
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
    return !suppress.isEmpty() && !suppress.equals("none");
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
