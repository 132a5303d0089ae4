package dev.backstop.server.answers;

import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.Strength;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.rules.Rules;
import dev.backstop.store.Journal;
import dev.backstop.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks one proof after the other, the cheap ones first, until one is conclusive for the message.
 * Safe for all threads.
 */
public final class Proofs {
  private static final Duration LIFETIME = Duration.ofDays(Tagger.LIFETIME_DAYS);

  private final Rules rules;
  private final Journal journal;
  private final UntaggedSenders untagged;
  private final TagEvidence tag;
  private final JournalProof journalProof;
  private final Consumer<StoreException> failed;
  private final InstantSource clock;

  /**
   * The proofs by these rules, with what lives longer than they do.
   *
   * @param failed told when the store cannot answer
   */
  public Proofs(
      Rules rules,
      Journal journal,
      UntaggedSenders untagged,
      Replays replays,
      Guesses guesses,
      Consumer<StoreException> failed,
      InstantSource clock) {
    this.rules = rules;
    this.failed = failed;
    this.journal = journal;
    this.untagged = untagged;
    this.clock = clock;
    this.tag = new TagEvidence(rules, untagged, replays, guesses);
    this.journalProof = new JournalProof(rules, journal, replays, failed);
  }

  /** What each proof finds, as it counts where the domain enforces. */
  List<Evidence> gather(AutomaticAnswer answer, RemoteHost remote, Uses uses, Instant now) {
    List<Evidence> evidence = new ArrayList<>(8);
    evidence.add(tag.of(answer, uses, now));
    if (isProved(evidence)) {
      return evidence;
    }
    NeverSends.of(answer, rules).ifPresent(evidence::add);
    evidence.add(journalProof.of(answer, remote, uses, now));
    return evidence;
  }

  private static boolean isProved(List<Evidence> evidence) {
    Evidence last = evidence.getLast();
    return last.finding() == Finding.PROVEN && last.strength() == Strength.CONCLUSIVE;
  }

  /** Whether answers without a tag can be genuine: some mail of it left without one. */
  boolean mayHaveSentUntagged(Mailbox plain) {
    return untagged.mayBeOne(plain);
  }

  /**
   * Whether the address has sent anything for as long as tags count, so that another proof could
   * save an answer without one. When the store cannot tell, it has.
   */
  boolean mayHaveSent(Mailbox plain) {
    try {
      return mayHaveSentUntagged(plain)
          || journal.lastSent(plain, clock.instant().minus(LIFETIME)).isPresent();
    } catch (StoreException e) {
      failed.accept(e);
      return true;
    }
  }
}
