package dev.backstop.dns;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers as long as they last (RFC 1035 §7.4): records by their TTL, a day at most;
 * nothings by the SOA record of the zone (RFC 2308 §5), an hour at most; failures for five seconds
 * (RFC 9520 §3.2). Several who ask the same at one time share one query. It runs on a thread of its
 * own, so that an asker who has no more time, or is interrupted, takes nothing from the others.
 * Safe for all threads.
 */
public final class CachingResolver extends LastingResolver {
  private final LastingResolver source;
  private final AnswerCache cache;
  private final Map<Question.Key, CompletableFuture<Lasting<?>>> flights =
      new ConcurrentHashMap<>();
  private final LongAdder questions = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder shared = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder timeouts = new LongAdder();

  /**
   * @param source who is asked for what is not remembered
   * @param settings for the size of the cache
   * @param clock by which answers expire
   */
  public CachingResolver(NetworkResolver source, ResolverSettings settings, InstantSource clock) {
    this(source, new AnswerCache(settings.cacheEntries(), settings.cacheOctets(), clock));
  }

  CachingResolver(LastingResolver source, AnswerCache cache) {
    this.source = source;
    this.cache = cache;
  }

  /** What happened so far. */
  public ResolverCounters counters() {
    return new ResolverCounters(
        questions.sum(),
        hits.sum(),
        shared.sum(),
        failures.sum(),
        timeouts.sum(),
        cache.entries(),
        cache.octets());
  }

  @Override
  <T> Lasting<T> lookup(Question<T> question) {
    questions.increment();
    Lasting<T> known = cache.get(question);
    if (known != null) {
      hits.increment();
      return known;
    }
    return await(flight(question));
  }

  private CompletableFuture<Lasting<?>> flight(Question<?> question) {
    var flight = new CompletableFuture<Lasting<?>>();
    @Nullable CompletableFuture<Lasting<?>> other = flights.putIfAbsent(question.key(), flight);
    if (other != null) {
      shared.increment();
      return other;
    }
    Thread.ofVirtual().name("dns question").start(() -> fly(question, flight));
    return flight;
  }

  /** Lands whatever happens: others wait for it. */
  private <T> void fly(Question<T> question, CompletableFuture<Lasting<?>> flight) {
    Lasting<T> lasting = Lasting.failure("internal error");
    try {
      lasting = source.lookup(question);
      count(lasting.answer());
      cache.put(question, lasting);
    } finally {
      flights.remove(question.key());
      flight.complete(lasting);
    }
  }

  private void count(Answer<?> answer) {
    switch (answer) {
      case Answer.ServerFailure<?> _ -> failures.increment();
      case Answer.Timeout<?> _ -> timeouts.increment();
      case Answer.Found<?> _, Answer.NoSuchName<?> _, Answer.NoData<?> _ -> {}
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> Lasting<T> await(CompletableFuture<Lasting<?>> flight) {
    try {
      return (Lasting<T>) flight.get(Deadline.current().left(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      return Lasting.outOfTime();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Lasting.interrupted();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight never fails", e);
    }
  }
}
