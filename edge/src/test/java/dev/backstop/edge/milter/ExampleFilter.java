package dev.backstop.edge.milter;

import dev.backstop.edge.Action;
import dev.backstop.edge.Action.Edit;
import dev.backstop.edge.MessageFilter;
import dev.backstop.edge.TransactionFilter;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.message.RawMessage;
import dev.backstop.mail.smtp.Reply;
import dev.backstop.mail.smtp.Transaction;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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

  /** What the filter saw of one message; the body is a copy, {@code read} what it was shown. */
  record Seen(
      Transaction transaction,
      List<HeaderField> header,
      String body,
      boolean truncated,
      String read) {}

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
  public MessageFilter message(Transaction transaction, List<HeaderField> header) {
    String wanted = value(header, "X-Want");
    if (wanted.equals("throw")) {
      throw new IllegalStateException("as the header says");
    }
    int octets = wanted.isEmpty() ? 0 : Integer.parseInt(wanted);
    return new Reading(octets, value(header, "X-Read"), new ByteArrayOutputStream());
  }

  /** One message: reads its body to the end with {@code X-Read: all}. */
  private final class Reading implements MessageFilter {
    private final int bodyWanted;
    private final String read;
    private final ByteArrayOutputStream whole;

    Reading(int bodyWanted, String read, ByteArrayOutputStream whole) {
      this.bodyWanted = bodyWanted;
      this.read = read;
      this.whole = whole;
    }

    @Override
    public int bodyWanted() {
      return bodyWanted;
    }

    @Override
    public boolean readsBody() {
      return !read.isEmpty();
    }

    @Override
    public void body(byte[] octets, int start, int length) {
      if (read.equals("throw")) {
        throw new IllegalStateException("as the header says");
      }
      whole.write(octets, start, length);
    }

    @Override
    public Action end(Transaction transaction, RawMessage message) {
      return message(transaction, message, whole);
    }
  }

  private Action message(Transaction transaction, RawMessage message, ByteArrayOutputStream whole) {
    String body =
        new String(message.body().bytes(), 0, message.body().length(), StandardCharsets.ISO_8859_1);
    seen.add(
        new Seen(
            transaction,
            message.header(),
            body,
            message.truncated(),
            whole.toString(StandardCharsets.ISO_8859_1)));
    return switch (value(message.header(), "X-Do")) {
      case "refuse" -> new Action.Refuse(NO);
      case "throw" -> throw new IllegalStateException("as the header says");
      case "break" -> new Action.Accept(List.of(new Edit.InsertHeader("X-A", "b\r\nBcc: c")));
      case "hold" -> new Action.Accept(List.of(new Edit.Quarantine("looks forged")));
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
