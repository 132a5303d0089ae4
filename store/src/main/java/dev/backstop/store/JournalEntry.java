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
 * @param alsoAs addresses of ours, beside the sender, to which answers can come (From, Reply-To,
 *     Disposition-Notification-To); only the first {@value #MOST_ALSO_AS} are kept
 */
public record JournalEntry(
    @Nullable String messageId,
    Mailbox sender,
    List<Mailbox> recipients,
    Instant at,
    boolean tagged,
    List<Mailbox> alsoAs) {
  /** Each costs a row for each recipient. */
  public static final int MOST_ALSO_AS = 4;

  public JournalEntry {
    recipients = List.copyOf(recipients);
    alsoAs = List.copyOf(alsoAs.subList(0, Math.min(alsoAs.size(), MOST_ALSO_AS)));
  }

  /** All answers come to the sender. */
  public JournalEntry(
      @Nullable String messageId,
      Mailbox sender,
      List<Mailbox> recipients,
      Instant at,
      boolean tagged) {
    this(messageId, sender, recipients, at, tagged, List.of());
  }
}
