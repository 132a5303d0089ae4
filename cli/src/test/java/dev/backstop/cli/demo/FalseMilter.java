package dev.backstop.cli.demo;

import dev.backstop.edge.Action;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.edge.milter.Limits;
import dev.backstop.edge.milter.MilterServer;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.net.SocketAddress;
import java.util.List;

/** A milter that knows nothing of backscatter, in Backstop's place. */
final class FalseMilter implements AutoCloseable {
  private final MilterServer server;

  /**
   * Starts it.
   *
   * @param refusesNullSender whether it takes no bounce at all, or all that comes
   */
  FalseMilter(boolean refusesNullSender) {
    server = new MilterServer(() -> new Filter(refusesNullSender), Limits.DEFAULT);
    server.start(List.of(ListenAddress.parse("127.0.0.1:0")));
  }

  SocketAddress address() {
    return server.addresses().getFirst().toSocketAddress();
  }

  @Override
  public void close() {
    server.close();
  }

  private record Filter(boolean refusesNullSender) implements TransactionFilter {
    @Override
    public Answer sender(Transaction transaction) {
      return refusesNullSender && transaction.reversePath() == NullReversePath.INSTANCE
          ? new Answer.Refuse(new Reply(550, "5.7.1", "No bounces, please"))
          : Answer.CONTINUE;
    }

    @Override
    public Answer recipient(Transaction transaction, Mailbox recipient) {
      return Answer.CONTINUE;
    }

    @Override
    public MessageFilter message(Transaction transaction, List<HeaderField> header) {
      return new MessageFilter() {
        @Override
        public int bodyWanted() {
          return 0;
        }

        @Override
        public Action end(Transaction transaction, RawMessage message) {
          return Action.ACCEPT;
        }
      };
    }
  }
}
