package dev.backstop.server.flow;

import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.rules.Rules;
import java.util.List;

/**
 * Sends each transaction on its way: our own mail to {@link Outgoing}, everything else to {@link
 * Incoming}. Holds no state, safe for all threads.
 */
public final class Flow implements TransactionFilter {
  private final Rules rules;
  private final Outgoing outgoing;
  private final Incoming incoming;

  public Flow(Rules rules, Outgoing outgoing, Incoming incoming) {
    this.rules = rules;
    this.outgoing = outgoing;
    this.incoming = incoming;
  }

  @Override
  public Answer sender(Transaction transaction) {
    return Answer.CONTINUE;
  }

  @Override
  public Answer recipient(Transaction transaction, Mailbox recipient) {
    return rules.isOutgoing(transaction)
        ? Answer.CONTINUE
        : incoming.recipient(transaction, recipient);
  }

  @Override
  public MessageFilter message(Transaction transaction, List<HeaderField> header) {
    return rules.isOutgoing(transaction)
        ? outgoing.begin(transaction, header)
        : incoming.begin(transaction, header);
  }
}
