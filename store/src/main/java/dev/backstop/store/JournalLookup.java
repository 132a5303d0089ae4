package dev.backstop.store;

import dev.backstop.mail.address.Mailbox;
import java.time.Instant;

/** What the journal knows of a Message-ID. */
public sealed interface JournalLookup {

  /**
   * We sent it to this recipient.
   *
   * @param recipient the first of those asked for that matches
   * @param at when, last
   */
  record SentTo(Mailbox recipient, Instant at) implements JournalLookup {}

  /**
   * We sent it, but to none of the recipients asked for: a Message-ID may have been replayed.
   *
   * @param at when, last
   */
  record OtherRecipient(Instant at) implements JournalLookup {}

  /** Not in the journal. Means something only while {@link Journal#completeSince} says so. */
  record Unknown() implements JournalLookup {}

  JournalLookup UNKNOWN = new Unknown();
}
