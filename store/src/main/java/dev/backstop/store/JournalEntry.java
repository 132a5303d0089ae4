package dev.backstop.store;

import dev.backstop.mail.address.Mailbox;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message that we are about to let go.
 *
 * @param messageId with angle brackets, as in its header; {@code null} when it has none
 * @param sender reverse-path, plain: without tag
 * @param recipients of the envelope
 * @param at when
 * @param tagged whether every answer with the null sender will come to the tagged address; false
 *     when it left without a tag, or asks for a receipt at the plain address
 */
public record JournalEntry(
    @Nullable String messageId,
    Mailbox sender,
    List<Mailbox> recipients,
    Instant at,
    boolean tagged) {
  public JournalEntry {
    recipients = List.copyOf(recipients);
  }
}
