package dev.backstop.server;

import dev.backstop.dns.BudgetedResolver;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.server.answers.AnswerJudge;
import dev.backstop.server.answers.Examiner;
import dev.backstop.server.answers.Guesses;
import dev.backstop.server.answers.Proofs;
import dev.backstop.server.answers.RemoteHost;
import dev.backstop.server.answers.Replays;
import dev.backstop.server.answers.UntaggedSenders;
import dev.backstop.server.backscatterers.ListedProof;
import dev.backstop.server.flow.IncomingJudge;
import dev.backstop.server.rules.Rules;
import dev.backstop.server.senders.OwnSpf;
import dev.backstop.server.senders.SenderChecks;
import dev.backstop.store.Store;
import dev.backstop.store.StoreException;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Puts judges together, for the server and for commands that ask what it would say: with the same
 * parts, so that both say the same. What it holds lives as long as the process; judges are made
 * anew for each set of rules. Safe for all threads.
 */
public final class Judges {
  private final Store store;
  private final Resolver resolver;
  private final Supplier<ListedProof> listed;
  private final Predicate<Mailbox> attacked;
  private final String host;
  private final Consumer<StoreException> failed;
  private final InstantSource clock;
  private final UntaggedSenders untagged;
  private final Replays replays;
  private final Guesses guesses;

  /**
   * Judges that read this store.
   *
   * @param resolver asked within a budget for each message
   * @param listed what is known of reporting hosts, by the configuration of that moment
   * @param attacked whether an address (without tag) is being flooded just now
   * @param host name of this host, for where the configuration gives none
   * @param failed told when the store cannot answer
   */
  public Judges(
      Store store,
      Resolver resolver,
      Supplier<ListedProof> listed,
      Predicate<Mailbox> attacked,
      String host,
      Consumer<StoreException> failed,
      InstantSource clock) {
    this.host = host;
    this.store = store;
    this.resolver = resolver;
    this.listed = listed;
    this.attacked = attacked;
    this.failed = failed;
    this.clock = clock;
    this.untagged = new UntaggedSenders(store.journal(), failed, clock);
    this.replays = new Replays(store.proofUses(), store.journal(), failed, clock);
    this.guesses = new Guesses(clock);
  }

  /** Who judges mail that comes. */
  public IncomingJudge incoming(Rules rules) {
    return new IncomingJudge(
        rules,
        answers(rules),
        this::remote,
        new SenderChecks(rules.config(), resolver, host, clock),
        clock);
  }

  /** Who judges mail that lies in a file. */
  public Examiner examiner(Rules rules) {
    return new Examiner(rules, answers(rules), this::remote);
  }

  private AnswerJudge answers(Rules rules) {
    var proofs =
        new Proofs(
            rules,
            store.journal(),
            untagged,
            replays,
            guesses,
            new OwnSpf(resolver, host, clock),
            listed.get(),
            attacked,
            failed,
            clock);
    return new AnswerJudge(rules, proofs, attacked, guesses, clock);
  }

  private RemoteHost remote(Peer peer) {
    return new RemoteHost(peer, () -> new BudgetedResolver(resolver, RemoteHost.BUDGET, clock));
  }

  /** Senders whose mail left without a tag. */
  public UntaggedSenders untagged() {
    return untagged;
  }

  /** What has been proved with what. */
  public Replays replays() {
    return replays;
  }
}
