package dev.backstop.edge.milter;

import dev.backstop.edge.Action;
import dev.backstop.edge.ListenAddress;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Transaction;
import java.util.List;

/**
 * The server with a filter that decides nothing, to measure what the door alone costs: {@code java
 * -cp … dev.backstop.edge.milter.BareMilter ADDRESS [BODY]}, where BODY is how many octets of each
 * body are asked for (default 0).
 */
public final class BareMilter {
  private BareMilter() {}

  public static void main(String[] arguments) throws InterruptedException {
    int body = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    var filter = new Idle(body);
    var server = new MilterServer(() -> filter, Limits.DEFAULT);
    server.start(List.of(ListenAddress.parse(arguments[0])));
    System.out.println(server.addresses() + " pid " + ProcessHandle.current().pid());
    Thread.currentThread().join();
  }

  /** Asks for the body and lets everything through. */
  record Idle(int body) implements TransactionFilter {
    @Override
    public Answer sender(Transaction transaction) {
      return Answer.CONTINUE;
    }

    @Override
    public Answer recipient(Transaction transaction, Mailbox recipient) {
      return Answer.CONTINUE;
    }

    @Override
    public MessageFilter message(Transaction transaction, List<HeaderField> header) {
      return new Accepting(body);
    }
  }

  /** Lets one message through. */
  record Accepting(int bodyWanted) implements MessageFilter {
    @Override
    public Action end(Transaction transaction, RawMessage message) {
      return Action.ACCEPT;
    }
  }
}
