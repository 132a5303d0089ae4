package dev.backstop.server.backscatterers;

import dev.backstop.bounce.verdict.Verdict;
import dev.backstop.mail.smtp.Peer;
import dev.backstop.server.config.BackscattererRules;
import dev.backstop.store.Reporters;
import dev.backstop.store.StoreException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many false and how many genuine answers each reporting host has sent us, fading, and which
 * hosts that makes backscatterers. Kept in memory, bounded, and written to the store every ten
 * seconds by a thread of its own. Safe for all threads; nothing here waits for disk or network but
 * opening and closing.
 *
 * <p>Only what conclusive evidence decided is counted. What this class says is slight evidence and
 * decides nothing, so a listing cannot feed itself.
 */
public final class Backscatterers implements AutoCloseable {
  /** Hosts kept; they take some 30 MB. */
  public static final int MOST_HOSTS = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(Backscatterers.class);

  private static final Comparator<Listing> WORST_FIRST =
      Comparator.comparingDouble(Listing::backscatter)
          .reversed()
          .thenComparingDouble(Listing::genuine)
          .thenComparing(Listing::block);

  private final Strangers strangers;
  private final InstantSource clock;
  private final Counts counts;
  private final Saver saver;
  private volatile ListRule rule;

  private Backscatterers(
      Reporters reporters,
      BackscattererRules rules,
      Predicate<InetAddress> ours,
      InstantSource clock,
      int most) {
    this.strangers = new Strangers(ours);
    this.clock = clock;
    this.rule = ListRule.of(rules);
    var changes = new Changes(2 * most);
    this.counts = new Counts(most, changes::add);
    this.saver = new Saver(reporters, counts, changes);
  }

  /**
   * With what the store holds; nothing when it cannot be read, which the log says.
   *
   * @param ours addresses of our own, which are not counted
   */
  public static Backscatterers open(
      Reporters reporters,
      BackscattererRules rules,
      Predicate<InetAddress> ours,
      InstantSource clock) {
    return open(reporters, rules, ours, clock, MOST_HOSTS);
  }

  static Backscatterers open(
      Reporters reporters,
      BackscattererRules rules,
      Predicate<InetAddress> ours,
      InstantSource clock,
      int most) {
    var opened = new Backscatterers(reporters, rules, ours, clock, most);
    try {
      opened.load(most);
    } catch (StoreException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("backscatterers-not-loaded");
    }
    opened.saver.start();
    return opened;
  }

  /**
   * What a store holds now, for looking at; nothing is written, and there is nothing to close.
   *
   * @param ours addresses of our own, which are never listed
   * @throws StoreException when it cannot be read
   */
  public static Backscatterers read(
      Reporters reporters,
      BackscattererRules rules,
      Predicate<InetAddress> ours,
      InstantSource clock)
      throws StoreException {
    var read = new Backscatterers(reporters, rules, ours, clock, MOST_HOSTS);
    read.load(MOST_HOSTS);
    return read;
  }

  /** Twice as many rows: some may wait to be deleted. */
  private void load(int most) throws StoreException {
    saver.load(2 * most, clock.instant(), rule.halfLife());
  }

  /** Other rules from now on. */
  public void use(BackscattererRules rules) {
    rule = ListRule.of(rules);
  }

  /**
   * An answer was judged.
   *
   * @param verdict as a domain that enforces judges; only {@link Verdict#GENUINE} and {@link
   *     Verdict#BACKSCATTER} count
   */
  public void seen(Peer peer, Verdict verdict, Instant at) {
    if (peer.address() != null && peer.authenticated() == null && !peer.submittedLocally()) {
      seen(peer.address(), Host.shown(peer.name()), verdict, at);
    }
  }

  /** The same of a host whose name is not known. */
  public void seen(InetAddress peer, Verdict verdict, Instant at) {
    seen(peer, "", verdict, at);
  }

  private void seen(InetAddress peer, String name, Verdict verdict, Instant at) {
    switch (verdict) {
      case GENUINE, BACKSCATTER -> {
        if (strangers.contains(peer)) {
          boolean isFalse = verdict == Verdict.BACKSCATTER;
          counts.add(Block.host(peer), name, isFalse, at.getEpochSecond(), rule.halfLife());
        }
      }
      case ORDINARY, UNPROVEN -> {}
    }
  }

  /**
   * The listing of that host, or else of its network; empty when neither is listed, and when the
   * network is but the host has a better record of its own.
   */
  public Optional<Listing> listed(InetAddress peer) {
    if (!strangers.contains(peer)) {
      return Optional.empty();
    }
    Block block = Block.host(peer);
    var judge = new Judge(rule, now());
    List<Host> neighbours = counts.network(block);
    Optional<Listing> own =
        neighbours.stream().filter(host -> host.block().equals(block)).findFirst().map(judge::host);
    if (own.isPresent() && (own.get().listed() || !judge.followsNetwork(own.get()))) {
      return own.filter(Listing::listed);
    }
    return judge.network(block.network(), neighbours).filter(Listing::listed);
  }

  /** All hosts that still count, the worst first. */
  public List<Listing> hosts() {
    var judge = new Judge(rule, now());
    return counts.all().stream().map(judge::host).sorted(WORST_FIRST).toList();
  }

  /** All networks, the worst first. */
  public List<Listing> networks() {
    var judge = new Judge(rule, now());
    return counts.networks().entrySet().stream()
        .flatMap(network -> judge.network(network.getKey(), network.getValue()).stream())
        .sorted(WORST_FIRST)
        .toList();
  }

  /** Number of hosts known. */
  public int known() {
    return counts.size();
  }

  /** Number of hosts listed now; goes over all of them, which takes some milliseconds. */
  public long listedHosts() {
    var judge = new Judge(rule, now());
    return counts.all().stream().filter(host -> judge.host(host).listed()).count();
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  /** Writes what has changed to the store, as happens every ten seconds. */
  void save() {
    saver.save();
  }

  /** Writes what has changed; returns within seconds also when the store hangs. */
  @Override
  public void close() {
    saver.close();
  }
}
