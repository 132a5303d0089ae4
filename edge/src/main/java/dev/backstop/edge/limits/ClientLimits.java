package dev.backstop.edge.limits;

import dev.backstop.mail.smtp.Reply;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds for each client: an address of IPv4 or a /64 of IPv6. Memory is bounded and nothing runs
 * in the background. Safe for use by all threads.
 *
 * <p>Who has a connection open is never forgotten, so there may be as many of them as the door lets
 * in. Of the others the 100,000 that left last are remembered, until all that was counted for them
 * is a minute old: to be forgotten sooner a client has to come from 100,000 networks.
 */
public final class ClientLimits {
  static final int REMEMBERED = 100_000;

  /** Forgotten when one more comes, if their time is over: more than come, so the rest shrinks. */
  private static final int LOOKED_AT = 3;

  private final Settings settings;
  private final LongSupplier nanoTime;
  private final Map<ClientNetwork, Usage> connected = new HashMap<>();

  /** In the order of leaving. */
  private final Map<ClientNetwork, Usage> away = new LinkedHashMap<>();

  /**
   * Limits for each client; 0: no limit.
   *
   * @param connections open at one time
   * @param refusalsPerMinute recipients that were refused for good: who guesses addresses has many
   */
  public record Settings(
      int connections, int connectionsPerMinute, int messagesPerMinute, int refusalsPerMinute) {
    public Settings {
      if (Math.min(connections, connectionsPerMinute) < 0
          || Math.min(messagesPerMinute, refusalsPerMinute) < 0) {
        throw new IllegalArgumentException("a limit below 0");
      }
    }
  }

  private static final class Usage {
    final Bucket connections;
    final Bucket messages;
    final Bucket refusals;
    int open;

    Usage(long now) {
      connections = new Bucket(now);
      messages = new Bucket(now);
      refusals = new Bucket(now);
    }

    boolean isOver(long now) {
      return connections.isEmpty(now) && messages.isEmpty(now) && refusals.isEmpty(now);
    }
  }

  /**
   * Nobody is known yet.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public ClientLimits(Settings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /** A connection; if it is let in, {@link #disconnected} has to be called exactly once for it. */
  public synchronized Verdict connect(InetAddress address) {
    long now = nanoTime.getAsLong();
    ClientNetwork client = ClientNetwork.of(address);
    Usage usage = usage(client, now);
    int most = settings.connections();
    if (most > 0 && usage.open >= most) {
      return refuse(421, "4.7.0", "connections", client, most + " at a time", "when one has ended");
    }
    int rate = settings.connectionsPerMinute();
    long wait = usage.connections.take(rate, now);
    if (wait > 0) {
      return later(421, "4.7.0", "connections", client, rate, wait);
    }
    usage.open++;
    away.remove(client);
    connected.put(client, usage);
    return new Verdict.Ok();
  }

  /** The connection has ended. */
  public synchronized void disconnected(InetAddress address) {
    ClientNetwork client = ClientNetwork.of(address);
    Usage usage = connected.get(client);
    if (usage != null && --usage.open == 0) {
      connected.remove(client);
      remember(client, usage, nanoTime.getAsLong());
    }
  }

  /** A message is about to begin (MAIL). */
  public synchronized Verdict message(InetAddress address) {
    long now = nanoTime.getAsLong();
    ClientNetwork client = ClientNetwork.of(address);
    int rate = settings.messagesPerMinute();
    long wait = usage(client, now).messages.take(rate, now);
    return wait > 0 ? later(450, "4.7.1", "messages", client, rate, wait) : new Verdict.Ok();
  }

  /** A recipient was refused for good. When that is too many, this one is better told nothing. */
  public synchronized Verdict refused(InetAddress address) {
    long now = nanoTime.getAsLong();
    return ofRefusals(address, usage(ClientNetwork.of(address), now).refusals::take, now);
  }

  /**
   * Whether {@link #refused} would say that it is too many; counts nothing. Asked before a
   * recipient is looked at, it keeps a client that guesses from learning which addresses there are.
   */
  public synchronized Verdict recipient(InetAddress address) {
    long now = nanoTime.getAsLong();
    return ofRefusals(address, usage(ClientNetwork.of(address), now).refusals::await, now);
  }

  private interface Question {
    long ask(int limit, long now);
  }

  private Verdict ofRefusals(InetAddress address, Question question, long now) {
    int rate = settings.refusalsPerMinute();
    long wait = question.ask(rate, now);
    ClientNetwork client = ClientNetwork.of(address);
    return wait > 0
        ? later(450, "4.7.1", "recipients that do not exist", client, rate, wait)
        : new Verdict.Ok();
  }

  /** Clients that are known now. */
  synchronized int size() {
    return connected.size() + away.size();
  }

  private Usage usage(ClientNetwork client, long now) {
    Usage known = connected.get(client);
    if (known == null) {
      known = away.remove(client);
      known = known == null ? new Usage(now) : known;
      remember(client, known, now);
    }
    return known;
  }

  private void remember(ClientNetwork client, Usage usage, long now) {
    away.put(client, usage);
    Iterator<Map.Entry<ClientNetwork, Usage>> eldest = away.entrySet().iterator();
    for (int i = 0; i < LOOKED_AT && eldest.hasNext(); i++) {
      Map.Entry<ClientNetwork, Usage> entry = eldest.next();
      boolean tooMany = away.size() > REMEMBERED;
      if (!entry.getKey().equals(client) && (tooMany || entry.getValue().isOver(now))) {
        eldest.remove();
      }
    }
  }

  private static Verdict later(
      int code, String status, String what, ClientNetwork client, int rate, long wait) {
    long seconds = Math.max(1, (wait + 999_999_999L) / 1_000_000_000L);
    String when = seconds == 1 ? "in a second" : "in " + seconds + " seconds";
    return refuse(code, status, what, client, rate + " a minute", when);
  }

  private static Verdict refuse(
      int code, String status, String what, ClientNetwork client, String limit, String when) {
    String text =
        "Too many %s from %s: the limit is %s; come back %s".formatted(what, client, limit, when);
    return new Verdict.TooMany(new Reply(code, status, text));
  }
}
