package dev.backstop.bounce.form;

import dev.backstop.bounce.words.Fold;
import dev.backstop.bounce.words.Signs;
import dev.backstop.bounce.words.Vocabulary;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.mail.message.ContentType;
import dev.backstop.mail.message.Cut;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.message.MessageSplitter;
import dev.backstop.mail.message.MimeWalk;
import dev.backstop.mail.message.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message: is it automatic, which form has it, and what does it say of the message that
 * it answers.
 *
 * <p>Pure and thread-safe; no input makes it fail or take time beyond the length of what is read.
 * Ordinary mail is let go after a look at its header. The judgement is by content alone: a message
 * still in SMTP has no Return-Path yet, so nothing may depend on it.
 */
public final class MessageReader {
  /** Octets of a multipart body in which a report's type is looked for when the header is plain. */
  private static final int REPORT_TYPE_BOUND = 64 << 10;

  /** Octets of a plain text whose header is ordinary that are looked at. */
  private static final int OPENING_BOUND = 240;

  private static final byte[][] REPORT_TYPES = {
    ascii("delivery-status"), ascii("disposition-notification"), ascii("feedback-report")
  };

  private MessageReader() {}

  /**
   * Reads a stored message; a Return-Path field tells the envelope sender where there is one.
   *
   * <p>Never fails and never returns {@code null}. The message is neither changed nor kept.
   */
  public static AutomaticMail read(RawMessage message) {
    return read(message, null, Vocabulary.DEFAULT);
  }

  /** Reads a message whose bytes are all there: {@code RFC 5322} with any line ends. */
  public static AutomaticMail read(byte[] message) {
    return read(MessageSplitter.split(message, message.length, false));
  }

  /**
   * Reads a message in its SMTP session.
   *
   * @param sender MAIL FROM; the null reverse-path helps to know a bounce, no other hides one
   */
  public static AutomaticMail read(RawMessage message, ReversePath sender) {
    return read(message, sender, Vocabulary.DEFAULT);
  }

  static AutomaticMail read(RawMessage message, @Nullable ReversePath sender, Vocabulary words) {
    Header header = new Header(message.header());
    HeaderMarks marks = HeaderMarks.read(header, sender, words);
    ContentType type = ContentType.parse(header.text("Content-Type"));
    String encoding = header.textOrEmpty("Content-Transfer-Encoding");
    if (marks.areOrdinary()
        && !mayHoldReport(type, message.body())
        && (marks.list() || !opensAutomatically(type, encoding, message.body(), words))) {
      return ordinary(marks, null, message.cuts());
    }
    Content content = Content.read(type, encoding, message);
    Signs signs = words.text(content.folded());
    Judgement judgement = FormJudge.judge(marks, type, content, signs);
    return judgement.form() == Form.ORDINARY
        ? ordinary(marks, imitated(marks, content, signs), Set.copyOf(content.cuts))
        : automatic(words, marks, content, signs, judgement);
  }

  private static AutomaticMail automatic(
      Vocabulary words, HeaderMarks marks, Content content, Signs signs, Judgement judgement) {
    return new AutomaticMail(
        judgement.form(),
        judgement.subform(),
        judgement.confidence(),
        ReporterReader.read(words, marks, content, signs, judgement.form()),
        recipients(marks, content, judgement),
        ReturnedReader.read(content),
        marks.references(),
        from(marks),
        judgement.marks(),
        null,
        Set.copyOf(content.cuts));
  }

  private static List<ReportedRecipient> recipients(
      HeaderMarks marks, Content content, Judgement judgement) {
    return switch (judgement.form()) {
      case BOUNCE -> Recipients.ofBounce(marks, content, judgement.subform());
      case RECEIPT -> Recipients.ofReceipt(content);
      default -> List.of(); // deliberately: other forms say nothing of recipients
    };
  }

  private static AutomaticMail ordinary(HeaderMarks marks, @Nullable Form imitates, Set<Cut> cuts) {
    return new AutomaticMail(
        Form.ORDINARY,
        null,
        Confidence.HIGH,
        Reporter.UNKNOWN,
        List.of(),
        ReturnedMessage.NOTHING,
        marks.references(),
        from(marks),
        List.of(),
        imitates,
        cuts);
  }

  private static @Nullable Form imitated(HeaderMarks marks, Content content, Signs signs) {
    return BounceJudge.isImitated(marks, content, signs) ? Form.BOUNCE : null;
  }

  private static @Nullable String from(HeaderMarks marks) {
    String address = marks.from() == null ? "" : marks.from().address();
    return address.isEmpty() ? null : address;
  }

  /** Senders without any mark still write reports. */
  private static boolean mayHoldReport(ContentType type, RawMessage.Body body) {
    if (type.is("multipart/report") || type.mediaType().startsWith("message/")) {
      return true;
    }
    if (!type.isMultipart()) {
      return false;
    }
    int end = Math.min(body.length(), REPORT_TYPE_BOUND);
    return contains(body.bytes(), end);
  }

  /**
   * Few programs write from a person's address and in plain text; what they are they say at once.
   */
  private static boolean opensAutomatically(
      ContentType type, String encoding, RawMessage.Body body, Vocabulary words) {
    if (!type.is("text/plain")) {
      return false;
    }
    var opening = new RawMessage.Body(body.bytes(), Math.min(body.length(), OPENING_BOUND));
    boolean[] found = {false};
    var _ =
        MimeWalk.walk(
            type,
            encoding,
            opening,
            part -> {
              found[0] = words.text(Fold.text(part.text(), OPENING_BOUND)).isAnySure();
              return false;
            });
    return found[0];
  }

  /** Any report type, any case, after the slash of its media type. */
  private static boolean contains(byte[] bytes, int end) {
    for (int i = 0; i < end; i++) {
      if (bytes[i] == '/') {
        for (byte[] reportType : REPORT_TYPES) {
          if (startsWith(bytes, i + 1, end, reportType)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] bytes, int at, int end, byte[] word) {
    if (at + word.length > end) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      if ((bytes[at + i] | 0x20) != (word[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
