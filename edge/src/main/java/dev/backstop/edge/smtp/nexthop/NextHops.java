package dev.backstop.edge.smtp.nexthop;

import dev.backstop.edge.smtp.nexthop.Breaker.Permit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers that mail can be handed on to, in order of preference: the first that can be had is
 * used. One that cannot is left alone for a while ({@link Settings.Pauses}). Safe for use by all
 * threads.
 */
public final class NextHops implements AutoCloseable {
  private final List<Hop> hops;
  private final Settings settings;
  private final LongSupplier nanoTime;
  private final NextHopCounters counters = new NextHopCounters();
  private final Watch watch;
  private final Dialler dialler;
  private final AtomicReference<@Nullable CompletableFuture<Capabilities>> asking =
      new AtomicReference<>();

  /** What is known of one hop. */
  private static final class Hop {
    final NextHop hop;
    final Breaker breaker;
    volatile @Nullable Known known;

    Hop(NextHop hop, Breaker breaker) {
      this.hop = hop;
      this.breaker = breaker;
    }
  }

  /** What a hop offered, and when. */
  private record Known(Capabilities capabilities, long nanoTime) {}

  /** One try for a connection, and what is said of each hop. */
  private static final class Search {
    final @Nullable ClientIdentity client;
    final Deadline deadline;
    final Map<NextHop, String> reasons = new LinkedHashMap<>();
    @Nullable NextHopConnection found;
    @Nullable HopReply refusal;
    boolean firstTried;

    Search(@Nullable ClientIdentity client, Deadline deadline) {
      this.client = client;
      this.deadline = deadline;
    }

    /** Whom one hop has refused, the next is not asked to take. */
    boolean isOver() {
      return found != null || refusal != null || deadline.isOver();
    }

    NextHopUnavailableException failed() {
      List<String> all = new ArrayList<>();
      reasons.forEach((hop, reason) -> all.add("next hop " + hop + " " + reason));
      return new NextHopUnavailableException(String.join("; ", all), refusal);
    }
  }

  public NextHops(List<NextHop> hops, Settings settings) {
    this(hops, settings, System::nanoTime);
  }

  /**
   * @param nanoTime for pauses and the age of what is remembered
   */
  NextHops(List<NextHop> hops, Settings settings, LongSupplier nanoTime) {
    if (hops.isEmpty()) {
      throw new IllegalArgumentException("no next hop");
    }
    this.hops =
        hops.stream()
            .map(hop -> new Hop(hop, new Breaker(hop, settings.pauses(), nanoTime)))
            .toList();
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.watch = new Watch(counters, settings.times());
    this.dialler = new Dialler(settings, watch);
  }

  /**
   * A connection that is ready for MAIL; the caller closes it.
   *
   * @throws NextHopUnavailableException when no hop can be had now
   */
  public NextHopConnection open(ClientIdentity client) throws NextHopUnavailableException {
    return openFor(client);
  }

  /**
   * @param client {@code null} where we come for ourselves
   */
  private NextHopConnection openFor(@Nullable ClientIdentity client)
      throws NextHopUnavailableException {
    var search = new Search(client, Deadline.in(settings.times().open()));
    for (Hop hop : hops) {
      if (search.isOver()) {
        break;
      }
      search.firstTried |= attempt(hop, hop.breaker.ask(), search);
    }
    if (!search.firstTried && !search.isOver()) {
      Hop first = hops.getFirst();
      attempt(first, first.breaker.askAgain(), search);
    }
    if (search.found == null) {
      counters.unavailable.increment();
      throw search.failed();
    }
    return search.found;
  }

  /** Whether that was the first hop, and it was tried. */
  private boolean attempt(Hop hop, Permit permit, Search search) {
    boolean first = hop == hops.getFirst();
    if (permit == Permit.NO) {
      search.reasons.put(hop.hop, "is left alone for a while: it " + hop.breaker.reason());
      return false;
    }
    boolean reported = false;
    try {
      Opening.Ready ready = dialler.dial(hop.hop, search.client, search.deadline);
      reported = true;
      hop.breaker.succeeded(permit);
      hop.known = new Known(ready.offeredToUs(), nanoTime.getAsLong());
      counters.opened.increment();
      search.found = ready.connection();
    } catch (HopFailure e) {
      reported = true;
      failed(hop, permit, e, search);
    } finally {
      if (!reported) { // a fault of ours: the next must be able to try
        hop.breaker.undecided(permit);
      }
    }
    return first;
  }

  private void failed(Hop hop, Permit permit, HopFailure failure, Search search) {
    counters.failed.increment();
    String reason = String.valueOf(failure.getMessage());
    search.reasons.put(hop.hop, reason);
    switch (failure.kind) {
      case DOWN, TLS_OPTIONAL -> hop.breaker.failed(permit, reason);
      case UNKNOWN -> hop.breaker.undecided(permit);
      case NOT_FOR_THIS_CLIENT -> hop.breaker.succeeded(permit);
      case REFUSED -> {
        hop.breaker.succeeded(permit);
        search.refusal = failure.reply;
      }
    }
  }

  /**
   * What all hops can do that we know of. While none is known one is asked, once for all who want
   * to know, and they wait a few seconds at most.
   *
   * @return {@link Capabilities#NONE} when no hop answers in time
   */
  public Capabilities capabilities() {
    Capabilities all = null;
    long age = Long.MAX_VALUE;
    long now = nanoTime.getAsLong();
    for (Hop hop : hops) {
      Known known = hop.known;
      if (known != null) {
        all = all == null ? known.capabilities() : all.and(known.capabilities());
        // of a hop that is not used now nothing newer can be had
        age = Math.min(age, now - known.nanoTime());
      }
    }
    if (all == null) {
      return await(ask());
    }
    if (age > settings.pauses().refresh().toNanos()) {
      var _ = ask(); // nobody waits for it
    }
    return all;
  }

  /** Asks on a thread of its own, which goes on when nobody waits any more. */
  private CompletableFuture<Capabilities> ask() {
    var mine = new CompletableFuture<Capabilities>();
    CompletableFuture<Capabilities> running = asking.compareAndExchange(null, mine);
    if (running != null) {
      return running;
    }
    Thread.ofVirtual().name("next-hop-capabilities").start(() -> probe(mine));
    return mine;
  }

  private void probe(CompletableFuture<Capabilities> result) {
    Capabilities found = Capabilities.NONE;
    try (NextHopConnection connection = openFor(null)) {
      found = connection.capabilities();
    } catch (NextHopUnavailableException e) {
      // the breaker has said so; MAIL will be told why
    } finally {
      asking.set(null);
      result.complete(found);
    }
  }

  private Capabilities await(CompletableFuture<Capabilities> answer) {
    try {
      return answer.get(settings.times().capabilities().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Capabilities.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Capabilities.NONE;
    }
  }

  /** One for each hop, in order of preference. */
  public List<HopHealth> health() {
    return hops.stream().map(hop -> hop.breaker.health()).toList();
  }

  public NextHopCounters counters() {
    return counters;
  }

  /** Ends all connections. */
  @Override
  public void close() {
    watch.close();
  }
}
