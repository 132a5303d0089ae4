package dev.backstop.server.senders;

import dev.backstop.mail.address.AddressSyntaxException;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.header.NamedAddress;
import dev.backstop.mail.message.Header;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.store.Arrival;
import dev.backstop.store.Arrivals;
import dev.backstop.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers who sent what and was proved, so that nothing of ours answers a forged sender. */
public final class SenderMemory {
  private final Arrivals arrivals;
  private final InstantSource clock;

  public SenderMemory(Arrivals arrivals, InstantSource clock) {
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /**
   * Remembers a message that is let in; one without Message-ID cannot be found again and is not.
   *
   * @throws StoreException when it could not be written: nothing of ours will answer that message
   */
  public void remember(Transaction transaction, Header header, SenderFindings findings)
      throws StoreException {
    String messageId = header.textOrEmpty("Message-ID");
    if (!messageId.isEmpty()) {
      arrivals.record(
          new Arrival(
              messageId,
              transaction.reversePath(),
              author(header),
              findings.proof(),
              clock.instant()));
    }
  }

  private static @Nullable Mailbox author(Header header) {
    List<NamedAddress> authors =
        header.texts("From").stream().flatMap(text -> NamedAddress.parse(text).stream()).toList();
    if (authors.size() != 1) {
      return null;
    }
    try {
      return Mailbox.parse(authors.getFirst().address());
    } catch (AddressSyntaxException e) {
      return null;
    }
  }
}
