package dev.backstop.server.answers;

import dev.backstop.bounce.policy.Measure;
import dev.backstop.bounce.policy.Policy;
import dev.backstop.bounce.policy.RefusalStage;
import dev.backstop.bounce.proof.Evidence;
import dev.backstop.bounce.tag.TagCheck;
import dev.backstop.bounce.verdict.Decision;
import dev.backstop.bounce.verdict.Mode;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.rules.Rules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * Judges answers: at RCPT by the tag and what is known of the address, at the end of the message by
 * all proofs. It only reads; whoever calls writes down what came of it. Safe for all threads.
 */
public final class AnswerJudge {
  private final Rules rules;
  private final Proofs proofs;
  private final Predicate<Mailbox> attacked;
  private final Guesses guesses;
  private final InstantSource clock;

  /**
   * Judges by these rules.
   *
   * @param attacked whether an address (without tag) is being flooded just now
   */
  public AnswerJudge(
      Rules rules,
      Proofs proofs,
      Predicate<Mailbox> attacked,
      Guesses guesses,
      InstantSource clock) {
    this.rules = rules;
    this.proofs = proofs;
    this.attacked = attacked;
    this.guesses = guesses;
    this.clock = clock;
  }

  /** What is said to RCPT TO. */
  public sealed interface AtRecipient {
    /** Go on: it is judged when it has been read. */
    record Read() implements AtRecipient {}

    /** Refuse it at once. */
    record Refuse(TagCheck tag, Decision decision) implements AtRecipient {}

    /** Later: the client's network has brought too many wrong tags. */
    record Slow() implements AtRecipient {}

    AtRecipient READ = new Read();
    AtRecipient SLOW = new Slow();
  }

  /**
   * Judges one recipient as early as is safe.
   *
   * @param recipient as the client gave it
   */
  public AtRecipient atRecipient(Transaction transaction, Mailbox recipient) {
    if (rules.domainOf(recipient).isEmpty() || transaction.peer().submittedLocally()) {
      return AtRecipient.READ;
    }
    TagCheck tag = rules.tagger().verify(recipient, clock.instant());
    if (rules.modeOf(tag.plain()) == Mode.OBSERVE) {
      return AtRecipient.READ;
    }
    if (!(tag instanceof TagCheck.Missing) && guesses.isSlowed(transaction.peer())) {
      return AtRecipient.SLOW; // right ones too: whoever guesses must not learn which was right
    }
    boolean answer = transaction.reversePath() == NullReversePath.INSTANCE;
    return answer && isRefusedUnread(tag) ? refuse(tag) : AtRecipient.READ;
  }

  /** Counts a tag that we did not make. */
  public void countGuess(Transaction transaction, Mailbox recipient) {
    if (rules.domainOf(recipient).isPresent()
        && rules.tagger().verify(recipient, clock.instant()) instanceof TagCheck.Invalid wrong) {
      guesses.wrong(transaction.peer(), wrong.plain());
    }
  }

  private boolean isRefusedUnread(TagCheck tag) {
    Policy policy = rules.policyOf(tag.plain());
    if (tag instanceof TagCheck.Valid
        || tag instanceof TagCheck.Foreign
        || policy.backscatter() != Measure.REFUSE
        || TagEvidence.isAlwaysReachable(tag.plain())) {
      return false;
    }
    if (policy.neverSends()) {
      return true;
    }
    // Also under attack nothing is refused unread that another proof could save.
    boolean early = policy.refuseAt() == RefusalStage.RECIPIENT || attacked.test(tag.plain());
    return early && !proofs.mayHaveSent(tag.plain());
  }

  private AtRecipient refuse(TagCheck tag) {
    List<Evidence> evidence =
        rules.policyOf(tag.plain()).neverSends()
            ? List.of(NeverSends.EVIDENCE, TagEvidence.withNullSender(tag))
            : List.of(TagEvidence.withNullSender(tag));
    return new AtRecipient.Refuse(tag, Decision.decide(true, evidence, Mode.ENFORCE));
  }

  /**
   * Mail that answers nothing.
   *
   * @param ours recipients in our domains, one at least
   */
  public Judged ordinary(List<Mailbox> ours) {
    Mode mode = mode(ours.stream().map(AutomaticAnswer::plain).toList());
    return new Judged(
        Decision.decide(false, List.of(), mode), mode, Measure.PASS, Measure.PASS, List.of());
  }

  /**
   * Judges a whole message.
   *
   * @param remote what is known of the client beside its address
   */
  public Judged judge(AutomaticAnswer answer, RemoteHost remote) {
    Instant now = clock.instant();
    var uses = new Uses();
    List<Evidence> evidence = proofs.gather(answer, remote, uses, now);
    Mode mode = mode(answer.writers());
    Decision decision = Decision.decide(true, evidence, mode);
    Measure enforced = enforced(answer, decision);
    Measure taken = mode == Mode.ENFORCE ? enforced : Measure.PASS;
    return new Judged(decision, mode, taken, enforced, uses.all());
  }

  /**
   * One message has one fate, so a recipient who only observes protects it from the strictness of
   * the others.
   */
  private Mode mode(List<Mailbox> writers) {
    return writers.stream().allMatch(each -> rules.modeOf(each) == Mode.ENFORCE)
        ? Mode.ENFORCE
        : Mode.OBSERVE;
  }

  private Measure enforced(AutomaticAnswer answer, Decision decision) {
    Measure mildest = Measure.REFUSE;
    for (Mailbox writer : answer.writers()) {
      Policy policy = rules.policyOf(writer);
      mildest = mildest.orMilder(policy.enforced(decision, attacked.test(writer)));
    }
    // Our own server's bounces: there is nobody in the session who could take them back.
    boolean own = answer.transaction().peer().submittedLocally();
    return own ? mildest.orMilder(Measure.MARK) : mildest;
  }
}
