package dev.backstop.server.backscatterers;

import dev.backstop.auth.doctor.blocklist.Blocklist;
import dev.backstop.auth.doctor.blocklist.ListAnswer;
import dev.backstop.auth.doctor.blocklist.ListState;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One list in DNS. Its test addresses (RFC 5782 §5) are asked at the first use and each hour: a
 * list that was closed often lists the whole world, and is ignored then. One that does not answer
 * is left alone for a while, so that mail does not wait for it each time. Safe for all threads.
 */
final class DnsList {
  private static final Logger LOG = LoggerFactory.getLogger(DnsList.class);
  private static final Duration GOOD = Duration.ofHours(1);
  private static final Duration BAD = Duration.ofMinutes(10);
  private static final Duration SILENT = Duration.ofMinutes(1);

  /** Questions without answer in a row. */
  private static final int PATIENCE = 3;

  private final Blocklist list;
  private final Supplier<Resolver> resolvers;
  private final InstantSource clock;
  private final AtomicBoolean checking = new AtomicBoolean();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile @Nullable Known known;

  /** A state, and when it has to be looked at again. */
  private record Known(ListState state, Instant until) {}

  /**
   * @param resolvers a resolver with a fresh budget
   */
  DnsList(DnsName zone, Supplier<Resolver> resolvers, InstantSource clock) {
    this.list = Blocklist.of(zone);
    this.resolvers = resolvers;
    this.clock = clock;
  }

  DnsName zone() {
    return list.zone();
  }

  /**
   * Asks.
   *
   * @param resolver with the budget of the message
   */
  DnsResult ask(Resolver resolver, InetAddress peer) {
    return switch (state(resolver)) {
      case ListState.Working working ->
          peer instanceof Inet6Address && !working.ipv6()
              ? DnsResult.IGNORED
              : read(ListAnswer.of(resolver, list, peer));
      case ListState.Broken _ -> DnsResult.IGNORED;
      case ListState.Refusing _ -> DnsResult.REFUSED;
      case ListState.Silent _ -> DnsResult.UNANSWERED;
    };
  }

  private DnsResult read(ListAnswer answer) {
    if (!(answer instanceof ListAnswer.Unanswered)) {
      unanswered.set(0);
    }
    return switch (answer) {
      case ListAnswer.Listed _ -> DnsResult.LISTED;
      case ListAnswer.NotListed _ -> DnsResult.NOT_LISTED;
      case ListAnswer.Refused(int code) -> {
        know(new ListState.Refusing(code));
        yield DnsResult.REFUSED;
      }
      case ListAnswer.Nonsense _ -> {
        know(new ListState.Broken());
        yield DnsResult.NONSENSE;
      }
      case ListAnswer.Unanswered(String reason) -> {
        if (unanswered.incrementAndGet() >= PATIENCE) {
          know(new ListState.Silent(reason));
        }
        yield DnsResult.UNANSWERED;
      }
    };
  }

  /** The first time it is waited for; afterwards the old one serves until there is a new one. */
  private ListState state(Resolver resolver) {
    Known last = known;
    if (last == null) {
      return check(resolver);
    }
    if (!clock.instant().isBefore(last.until()) && checking.compareAndSet(false, true)) {
      Thread.ofVirtual()
          .name("dns list check")
          .start(() -> {
            try {
              check(resolvers.get());
            } finally {
              checking.set(false);
            }
          });
    }
    return last.state();
  }

  /** Asks for the test addresses. */
  ListState check(Resolver resolver) {
    ListState state = ListState.of(resolver, list, true);
    know(state);
    return state;
  }

  private void know(ListState state) {
    Known before = known;
    Duration lasts =
        switch (state) {
          case ListState.Working _ -> GOOD;
          case ListState.Broken _, ListState.Refusing _ -> BAD;
          case ListState.Silent _ -> SILENT;
        };
    known = new Known(state, clock.instant().plus(lasts));
    unanswered.set(0);
    if (before == null || !before.state().getClass().equals(state.getClass())) {
      say(state);
    }
  }

  private void say(ListState state) {
    switch (state) {
      case ListState.Working working ->
          LOG.atInfo()
              .addKeyValue("list", list.zone())
              .addKeyValue("ipv6", working.ipv6() ? "yes" : "no")
              .log("dnslist-works");
      case ListState.Broken _ ->
          complain("its test addresses are wrong (RFC 5782): it lists nothing or everything");
      case ListState.Refusing(int code) -> complain("it refuses us with 127.255.255." + code);
      case ListState.Silent(String reason) -> complain(reason);
    }
  }

  private void complain(String reason) {
    LOG.atWarn()
        .addKeyValue("list", list.zone())
        .addKeyValue("reason", reason)
        .log("dnslist-ignored");
  }
}
