package dev.backstop.edge.milter;

import dev.backstop.edge.Action;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Answers each question only after the gate has been opened. */
final class GateFilter implements TransactionFilter {
  private final CountDownLatch gate = new CountDownLatch(1);

  void open() {
    gate.countDown();
  }

  private void pass() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Answer sender(Transaction transaction) {
    pass();
    return Answer.CONTINUE;
  }

  @Override
  public Answer recipient(Transaction transaction, Mailbox recipient) {
    pass();
    return Answer.CONTINUE;
  }

  @Override
  public MessageFilter message(Transaction transaction, List<HeaderField> header) {
    pass();
    return new MessageFilter() {
      @Override
      public int bodyWanted() {
        return 0;
      }

      @Override
      public Action end(Transaction transaction, RawMessage message) {
        pass();
        return Action.ACCEPT;
      }
    };
  }
}
