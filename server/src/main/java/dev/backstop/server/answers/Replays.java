package dev.backstop.server.answers;

import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.store.Journal;
import dev.backstop.store.ProofUses;
import dev.backstop.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether a tag or a Message-ID has been answered more often than honest servers answer. When the
 * store cannot tell, it has not: a genuine answer must not be lost. Safe for all threads.
 */
public final class Replays {
  /** Distinct answers of one recipient to one message: delay warnings, a failure, an auto-reply. */
  static final int TO_MESSAGE = 20;

  /**
   * Distinct answers to one message by others than its recipients: members of a list or an alias.
   */
  static final int TO_MESSAGE_BY_OTHERS = 50;

  /** Answers to a tag beyond those that the mail of its day explains. */
  static final int TO_TAG = 20;

  /** Answers to one recipient of one message, on the average, that the mail of a day explains. */
  private static final int TO_RECIPIENT = 2;

  private final ProofUses uses;
  private final Journal journal;
  private final Consumer<StoreException> failed;
  private final InstantSource clock;

  /**
   * Counts in that store.
   *
   * @param failed told when it cannot answer
   */
  public Replays(
      ProofUses uses, Journal journal, Consumer<StoreException> failed, InstantSource clock) {
    this.uses = uses;
    this.journal = journal;
    this.failed = failed;
    this.clock = clock;
  }

  boolean isWorn(TagCheck.Valid tag, Use use) {
    return isWorn(use, TO_TAG) && isWorn(use, TO_TAG + TO_RECIPIENT * sent(tag.plain(), use, tag));
  }

  private int sent(Mailbox plain, Use use, TagCheck.Valid tag) {
    try {
      long sent = journal.sentOn(plain, Use.made(tag, use.at()));
      return (int) Math.min(sent, (Integer.MAX_VALUE - TO_TAG) / TO_RECIPIENT);
    } catch (StoreException e) {
      failed.accept(e);
      return (Integer.MAX_VALUE - TO_TAG) / TO_RECIPIENT;
    }
  }

  /** Whether that many other answers have used it already. */
  boolean isWorn(Use use, int most) {
    try {
      return uses.others(use.what(), use.fingerprint(), most) >= most;
    } catch (StoreException e) {
      failed.accept(e);
      return false;
    }
  }

  /** To be called when the answer has been let in. */
  public void remember(List<Use> used) {
    for (Use use : used) {
      try {
        uses.add(use.what(), use.fingerprint(), clock.instant());
      } catch (StoreException e) {
        failed.accept(e);
      }
    }
  }
}
