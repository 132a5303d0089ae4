package dev.backstop.server.answers;

import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.Journal;
import dev.backstop.store.JournalEntry;
import dev.backstop.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which senders can get genuine answers without a tag, because mail of theirs left without one or
 * asked for a receipt. The journal knows; this class also knows what the journal could not take,
 * and hands it in later, so that a full disk never makes a genuine bounce look forged. Lives as
 * long as the server, safe for all threads.
 */
public final class UntaggedSenders {
  private static final int MAX_PENDING = 10_000;
  private static final Duration LIFETIME = Duration.ofDays(Tagger.LIFETIME_DAYS);

  private final Journal journal;
  private final Consumer<StoreException> failed;
  private final InstantSource clock;
  private final Map<Mailbox, JournalEntry> pending = new ConcurrentHashMap<>();

  /** Since more senders than we remember could not be journaled; until then anybody may be one. */
  private volatile Instant anybodyUntil = Instant.MIN;

  /**
   * Nobody at first.
   *
   * @param failed told when the journal cannot answer
   */
  public UntaggedSenders(Journal journal, Consumer<StoreException> failed, InstantSource clock) {
    this.journal = journal;
    this.failed = failed;
    this.clock = clock;
  }

  /** A message left whose answers may come without a tag, and the journal could not take it. */
  public void lost(JournalEntry entry) {
    if (pending.size() < MAX_PENDING || pending.containsKey(entry.sender())) {
      pending.put(entry.sender(), entry);
    } else {
      anybodyUntil = clock.instant().plus(LIFETIME);
    }
  }

  /**
   * Whether answers to this address can be genuine without a tag. When nobody can tell, they can.
   */
  boolean mayBeOne(Mailbox plain) {
    Instant now = clock.instant();
    try {
      return pending.containsKey(plain)
          || now.isBefore(anybodyUntil)
          || journal.untaggedSince(plain, now.minus(LIFETIME));
    } catch (StoreException e) {
      failed.accept(e);
      return true;
    }
  }

  /** Hands in what was lost; call it when the journal has just taken something. */
  public void handIn() {
    for (Iterator<JournalEntry> each = pending.values().iterator(); each.hasNext(); ) {
      try {
        journal.record(each.next());
        each.remove();
      } catch (StoreException e) {
        return; // it fails again; what is left waits for the next success
      }
    }
  }
}
