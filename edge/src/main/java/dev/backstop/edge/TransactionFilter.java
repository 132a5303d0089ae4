package dev.backstop.edge;

import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.util.List;

/**
 * What a door asks at the points of a transaction where something can be decided. One instance
 * serves all sessions at the same time: implementations keep no state of a transaction, may block
 * (they run on the session's virtual thread), and do not throw for anything that a peer can cause.
 * What they throw anyway, the door answers with 451.
 */
public interface TransactionFilter {

  /** After MAIL FROM. */
  Answer sender(Transaction transaction);

  /**
   * After each RCPT TO.
   *
   * @param recipient the one just given, not yet in {@link Transaction#recipients}
   */
  Answer recipient(Transaction transaction, Mailbox recipient);

  /**
   * After the header: what is done with this message.
   *
   * @param transaction with all its recipients
   * @param header every field, top first
   */
  MessageFilter message(Transaction transaction, List<HeaderField> header);

  /** What to say at a stage before the end of the message. */
  sealed interface Answer {
    /** Go on. */
    record Continue() implements Answer {}

    /** Nothing here concerns us: ask no more in this transaction. */
    record Pass() implements Answer {}

    /** Refuse the sender or this recipient. */
    record Refuse(Reply reply) implements Answer {}

    Answer CONTINUE = new Continue();
    Answer PASS = new Pass();
  }
}
