package dev.backstop.server.answers;

import dev.backstop.bounce.proof.DkimProof;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.proof.Finding;
import dev.backstop.bounce.proof.PathProof;
import dev.backstop.bounce.proof.Strength;
import dev.backstop.bounce.proof.TokenProof;
import dev.backstop.bounce.tag.Tagger;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.server.backscatterers.ListedProof;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.OwnSpf;
import dev.backstop.store.Journal;
import dev.backstop.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
  private final TokenProof token;
  private final DkimProof dkim;
  private final Replays replays;
  private final OwnSpf spf;
  private final ListedProof listed;
  private final Predicate<Mailbox> attacked;
  private final Consumer<StoreException> failed;
  private final InstantSource clock;

  /**
   * The proofs by these rules, with what lives longer than they do.
   *
   * @param spf what our SPF records say of a host
   * @param listed what is known of the reporting host
   * @param attacked whether an address (without tag) is being flooded just now
   * @param failed told when the store cannot answer
   */
  public Proofs(
      Rules rules,
      Journal journal,
      UntaggedSenders untagged,
      Replays replays,
      Guesses guesses,
      OwnSpf spf,
      ListedProof listed,
      Predicate<Mailbox> attacked,
      Consumer<StoreException> failed,
      InstantSource clock) {
    this.rules = rules;
    this.failed = failed;
    this.journal = journal;
    this.replays = replays;
    this.spf = spf;
    this.listed = listed;
    this.attacked = attacked;
    this.token = new TokenProof(rules.token());
    this.dkim = new DkimProof(rules.dkim().own(), rules.dkim().signedSince(), DkimProof.LIFETIME);
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
    if (isProved(evidence)) {
      return evidence;
    }
    evidence.add(token(answer, uses, now));
    if (isProved(evidence)) {
      return evidence;
    }
    evidence.add(dkim(answer, uses, now));
    if (!isProved(evidence)) {
      slight(answer, evidence);
    }
    return evidence;
  }

  private Evidence token(AutomaticAnswer answer, Uses uses, Instant now) {
    return unlessWorn(
        token.of(answer.reading(), answer.writers(), now), "token", answer, uses, now);
  }

  private Evidence dkim(AutomaticAnswer answer, Uses uses, Instant now) {
    return unlessWorn(dkim.of(answer.reading(), now), "dkim", answer, uses, now);
  }

  /** Both prove that we sent that Message-ID; whoever got the message can show it again. */
  private Evidence unlessWorn(
      Evidence found, String by, AutomaticAnswer answer, Uses uses, Instant now) {
    String messageId = answer.reading().returned().messageId();
    boolean proves = found.finding() == Finding.PROVEN && found.strength() == Strength.CONCLUSIVE;
    if (!proves || messageId == null) {
      return found;
    }
    Use use = Use.ofHeader(by, messageId, answer.fingerprint(), now);
    if (replays.isWorn(use, Replays.TO_MESSAGE_BY_OTHERS)) {
      return Evidence.likely(
          found.proof(), found.detail() + ", but it has been answered very often");
    }
    uses.add(use);
    return found;
  }

  /**
   * What never decides alone. Lists in DNS are asked only while the verdict is open, so that a
   * flood of backscatter does not become a flood of questions; our own SPF record lies in memory.
   */
  private void slight(AutomaticAnswer answer, List<Evidence> evidence) {
    Burst.of(answer, attacked).ifPresent(evidence::add);
    Mailbox writer = answer.writers().getFirst();
    evidence.add(new PathProof(rules.config()::isOurs, spf.of(writer)).of(answer.reading()));
    if (Decision.decide(true, evidence, Mode.ENFORCE).verdict() == Verdict.UNPROVEN) {
      evidence.add(listed.of(answer.transaction()));
    }
  }

  private static boolean isProved(List<Evidence> evidence) {
    Evidence last = evidence.getLast();
    return last.finding() == Finding.PROVEN && last.strength() == Strength.CONCLUSIVE;
  }

  /**
   * Whether the address has sent anything for as long as tags count, so that another proof could
   * save an answer without one. When the store cannot tell, it has.
   */
  boolean mayHaveSent(Mailbox plain) {
    try {
      return untagged.mayBeOne(plain)
          || journal.lastSent(plain, clock.instant().minus(LIFETIME)).isPresent();
    } catch (StoreException e) {
      failed.accept(e);
      return true;
    }
  }
}
