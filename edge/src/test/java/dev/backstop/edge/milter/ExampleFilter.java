package dev.backstop.edge.milter;

import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Does what the addresses say; see {@code dialogues/README.md}. Remembers the messages that it was
 * asked about.
 */
final class ExampleFilter implements TransactionFilter {
  private static final Reply NO = new Reply(550, "5.7.1", "we never sent that");

  /** What the filter saw at the end of one message; the body is a copy. */
  record Seen(Transaction transaction, List<HeaderField> header, String body, boolean truncated) {}

  final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

  @Override
  public Answer sender(Transaction transaction) {
    return transaction.reversePath() instanceof Mailbox mailbox
        ? answer(mailbox.localPart())
        : Answer.CONTINUE;
  }

  @Override
  public Answer recipient(Transaction transaction, Mailbox recipient) {
    return answer(recipient.localPart());
  }

  private static Answer answer(String localPart) {
    return switch (localPart) {
      case "refused" -> new Answer.Refuse(NO);
      case "later" -> new Answer.Refuse(new Reply(450, "4.7.1", "later please"));
      case "pass" -> Answer.PASS;
      case "throws" -> throw new IllegalStateException("as the address says");
      default -> Answer.CONTINUE;
    };
  }

  @Override
  public int bodyWanted(Transaction transaction, List<HeaderField> header) {
    String wanted = value(header, "X-Want");
    if (wanted.equals("throw")) {
      throw new IllegalStateException("as the header says");
    }
    return wanted.isEmpty() ? 0 : Integer.parseInt(wanted);
  }

  @Override
  public Action message(Transaction transaction, RawMessage message) {
    String body =
        new String(
            message.body().bytes(),
            0,
            message.body().length(),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    seen.add(new Seen(transaction, message.header(), body, message.truncated()));
    return switch (value(message.header(), "X-Do")) {
      case "refuse" -> new Action.Refuse(NO);
      case "throw" -> throw new IllegalStateException("as the header says");
      case "break" -> new Action.Accept(List.of(new Edit.InsertHeader("X-A", "b\r\nBcc: c")));
      case "edit" -> new Action.Accept(edits(transaction));
      default -> Action.ACCEPT;
    };
  }

  private static List<Edit> edits(Transaction transaction) {
    var edits = new ArrayList<Edit>();
    if (transaction.reversePath() != NullReversePath.INSTANCE) {
      edits.add(new Edit.ChangeSender(new Mailbox("prvs=1", "ours.test")));
    }
    for (Mailbox recipient : transaction.recipients()) {
      edits.add(new Edit.ReplaceRecipient(recipient, recipient.withLocalPart("plain")));
    }
    edits.add(new Edit.InsertHeader("X-Backstop", "genuine;\r\n\tproof=batv"));
    edits.add(new Edit.RemoveHeader("X-Old", 1));
    edits.add(new Edit.RemoveHeader("X-Old", 2));
    return edits;
  }

  private static String value(List<HeaderField> header, String name) {
    return header.stream()
        .filter(field -> field.nameIs(name))
        .findFirst()
        .map(HeaderField::text)
        .orElse("");
  }
}
