package dev.backstop.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Name;

/**
 * Asks name servers over the network, each question anew (RFC 1035 §7). A question ends within its
 * time whatever servers do, or sooner when the thread is interrupted: then it is a server failure
 * and the thread stays interrupted. Safe for all threads; meant for virtual ones, since calls
 * block.
 */
public final class NetworkResolver extends LastingResolver {
  /** Questions under way at one time, each with a socket; others wait within their time. */
  private static final int MAX_QUESTIONS = 1_000;

  private final ResolverSettings settings;
  private final List<Server> servers;
  private final Semaphore free;
  private final LongAdder sent = new LongAdder();

  public NetworkResolver(ResolverSettings settings) {
    this(settings, MAX_QUESTIONS);
  }

  NetworkResolver(ResolverSettings settings, int maxQuestions) {
    this.free = new Semaphore(maxQuestions);
    this.settings = settings;
    this.servers = settings.servers().addresses().stream().map(Server::new).toList();
  }

  /** How many queries were sent, tries and aliases included. */
  public long sent() {
    return sent.sum();
  }

  @Override
  <T> Lasting<T> lookup(Question<T> question) {
    Deadline deadline = Deadline.in(settings.questionTime()).earlier(Deadline.current());
    try {
      if (!free.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS)) {
        return Lasting.outOfTime();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Lasting.interrupted();
    }
    try {
      return follow(question, deadline);
    } finally {
      free.release();
    }
  }

  /** From name to name, as long as servers answer with aliases alone. */
  private <T> Lasting<T> follow(Question<T> question, Deadline deadline) {
    Trail at = Trail.from(WireName.of(question.name()));
    while (true) {
      switch (ask(at, question.kind(), deadline)) {
        case Reading.Settled<T>(Lasting<T> lasting) -> {
          return lasting;
        }
        case Reading.Moved<T>(Trail trail) -> at = trail;
        case Reading.Useless<T>(String reason) -> {
          return Lasting.failure(reason);
        }
        case Reading.Silent<T>() -> {
          return Lasting.timeout();
        }
      }
    }
  }

  /** Server after server, and again those that were silent. */
  private <T> Reading<T> ask(Trail trail, Kind<T> kind, Deadline deadline) {
    List<Server> left = inOrder();
    Reading<T> best = new Reading.Silent<>();
    for (int i = 0; i < settings.tries(); i++) {
      for (Server server : List.copyOf(left)) {
        if (deadline.hasPassed()) {
          return best;
        }
        Reading<T> reading = ask(server, trail, kind, deadline);
        switch (reading) {
          case Reading.Settled<T> _, Reading.Moved<T> _ -> {
            return reading;
          }
          case Reading.Useless<T> _ -> {
            best = reading;
            left.remove(server);
          }
          case Reading.Silent<T> _ -> {}
        }
      }
    }
    return best;
  }

  /** As configured, but those that were silent lately last. */
  private List<Server> inOrder() {
    long now = System.nanoTime();
    var order = new ArrayList<Server>();
    var slow = new ArrayList<Server>();
    servers.forEach(server -> (server.isSlow(now) ? slow : order).add(server));
    order.addAll(slow);
    return order;
  }

  private <T> Reading<T> ask(Server server, Trail trail, Kind<T> kind, Deadline deadline) {
    long began = System.nanoTime();
    Deadline end = Deadline.in(settings.tryTime()).earlier(deadline);
    return switch (exchange(server, trail.name(), kind, end)) {
      case Reply.Packet(byte[] octets) -> {
        server.answered();
        yield AnswerReader.read(octets, trail, kind, settings.servers().trusted());
      }
      case Reply _ when Thread.currentThread().isInterrupted() ->
          new Reading.Settled<>(Lasting.interrupted());
      case Reply.Silence() -> {
        if (hadItsTime(began)) {
          server.silent();
        }
        yield new Reading.Silent<>();
      }
      case Reply.Failure(String reason) -> {
        server.silent();
        yield new Reading.Useless<>(reason);
      }
    };
  }

  /** Half of it at least: not so when the one who asks had little left. */
  private boolean hadItsTime(long began) {
    long time = Math.min(settings.tryTime().toNanos(), settings.questionTime().toNanos());
    return System.nanoTime() - began >= time / 2;
  }

  private Reply exchange(Server server, Name name, Kind<?> kind, Deadline end) {
    sent.increment();
    Reply reply = Transport.ask(server.address(), Query.of(name, kind.code(), true), end);
    if (!(reply instanceof Reply.Packet(byte[] octets)) || !Query.refusesEdns(octets)) {
      return reply;
    }
    sent.increment();
    return Transport.ask(server.address(), Query.of(name, kind.code(), false), end);
  }
}
