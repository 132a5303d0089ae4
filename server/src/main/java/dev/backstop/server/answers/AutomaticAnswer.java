package dev.backstop.server.answers;

import dev.backstop.bounce.form.AutomaticMail;
import dev.backstop.bounce.form.Confidence;
import dev.backstop.bounce.form.Form;
import dev.backstop.bounce.tag.TaggedAddress;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.smtp.Transaction;
import java.util.List;

/**
 * One message that is automatic by what it says or by its null sender.
 *
 * @param transaction its session
 * @param ours those of its recipients that are in our domains, as the client gave them, one at
 *     least
 * @param reading what it says
 * @param fingerprint the same when the same message is tried again, another for every other
 * @param stored whether it was delivered before: then its recipients are those of its header, and
 *     have lost their tags
 */
public record AutomaticAnswer(
    Transaction transaction,
    List<Mailbox> ours,
    AutomaticMail reading,
    long fingerprint,
    boolean stored) {

  public AutomaticAnswer {
    ours = List.copyOf(ours);
  }

  boolean hasNullSender() {
    return transaction.reversePath() == NullReversePath.INSTANCE;
  }

  /** Our addresses that are answered, without tags. */
  List<Mailbox> writers() {
    return ours.stream().map(AutomaticAnswer::plain).distinct().toList();
  }

  /** The address without our tag; one without a tag stays as it is. */
  public static Mailbox plain(Mailbox address) {
    Mailbox plain = TaggedAddress.read(address).plainOrNull();
    return plain == null ? address : plain;
  }

  /**
   * Whether it is sure to be a machine's answer to one message. Ordinary mail with the null sender
   * may be anything, words without a standard's marks may deceive, and reports are of many messages
   * or welcome whatever they are about.
   */
  boolean isSurelyAnAnswer() {
    return switch (reading.form()) {
      case ORDINARY, REPORT, FEEDBACK_REPORT -> false;
      case BOUNCE, AUTO_REPLY, CHALLENGE, RECEIPT, NOTICE, LIST_NOTICE ->
          hasNullSender() || reading.confidence() != Confidence.LOW;
    };
  }

  /** Whether mail of ours lies behind it at all: reports and complaints come unasked. */
  boolean answersOneMessage() {
    return reading.form() != Form.REPORT && reading.form() != Form.FEEDBACK_REPORT;
  }
}
