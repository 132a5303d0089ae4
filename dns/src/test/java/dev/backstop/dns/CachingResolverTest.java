package dev.backstop.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CachingResolverTest {
  private static final DnsName NAME = DnsName.of("mail.example");
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final long HOUR = Duration.ofHours(1).toSeconds();

  /** A clock that is set. */
  private static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void step(long seconds) {
      now = now.plusSeconds(seconds);
    }
  }

  /** Gives one answer to all questions, remembers them, and can be held. */
  private static final class Source extends LastingResolver {
    private final List<Question<?>> asked = new CopyOnWriteArrayList<>();
    private volatile Lasting<?> lasting = found(60, "x");
    private final CountDownLatch held;

    Source(int held) {
      this.held = new CountDownLatch(held);
    }

    @Override
    @SuppressWarnings("unchecked")
    <T> Lasting<T> lookup(Question<T> question) {
      asked.add(question);
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return (Lasting<T>) lasting;
    }
  }

  private final Clock clock = new Clock();
  private final Source source = new Source(0);

  private CachingResolver caching(int entries, long octets) {
    return new CachingResolver(source, new AnswerCache(entries, octets, clock));
  }

  private static Lasting<String> found(long seconds, String... records) {
    return new Lasting<>(new Answer.Found<>(List.of(records), false), seconds);
  }

  private static Lasting<String> lasting(String kind, long seconds) {
    return new Lasting<>(
        switch (kind) {
          case "found" -> new Answer.Found<>(List.of("x"), true);
          case "no name" -> new Answer.NoSuchName<>(true);
          case "no data" -> new Answer.NoData<>(true);
          case "failure" -> new Answer.ServerFailure<>("SERVFAIL");
          default -> new Answer.Timeout<>();
        },
        seconds);
  }

  @ParameterizedTest
  @CsvSource({
    // As long as it says, and to its bound.
    "found, 60, 60",
    "found, 86400, 86400",
    "found, 2147483647, 86400",
    "no name, 60, 60",
    "no name, 86400, 3600",
    "no data, 60, 60",
    "no data, 86400, 3600",
    "failure, 5, 5",
    "failure, 60, 5",
    "timeout, 5, 5",
    // Not at all.
    "found, 0, 0",
    "no name, 0, 0",
    "failure, 0, 0",
  })
  void anAnswerIsRememberedForItsTime(String kind, long seconds, long remembered) {
    source.lasting = lasting(kind, seconds);
    CachingResolver resolver = caching(10, 10_000);
    for (int i = 0; i < 3; i++) {
      assertThat(resolver.txt(NAME)).isEqualTo(source.lasting.answer());
    }
    assertThat(source.asked).hasSize(remembered > 0 ? 1 : 3);
    clock.step(Math.max(remembered - 1, 0));
    resolver.txt(NAME);
    assertThat(source.asked).hasSize(remembered > 0 ? 1 : 4);
    clock.step(1);
    resolver.txt(NAME);
    assertThat(source.asked).hasSize(remembered > 0 ? 2 : 5);
  }

  @Test
  void namesAndKindsAreApart() {
    CachingResolver resolver = caching(10, 10_000);
    source.lasting = lasting("no data", 60);
    resolver.txt(NAME);
    resolver.mx(NAME);
    resolver.ipv4(NAME);
    resolver.ipv6(NAME);
    resolver.txt(DnsName.of("other.example"));
    resolver.txt(DnsName.of("MAIL.example."));
    assertThat(source.asked).hasSize(5);
  }

  @Test
  void aClockThatIsSetBackForgets() {
    CachingResolver resolver = caching(10, 10_000);
    resolver.txt(NAME);
    clock.step(-DAY);
    resolver.txt(NAME);
    assertThat(source.asked).hasSize(2);
  }

  @Test
  void theLeastRecentlyUsedGoFirst() {
    CachingResolver resolver = caching(3, 10_000);
    List<DnsName> names = List.of(name(0), name(1), name(2), name(3));
    names.subList(0, 3).forEach(resolver::txt);
    resolver.txt(names.get(0));
    resolver.txt(names.get(3));
    assertThat(resolver.counters().entries()).isEqualTo(3);
    resolver.txt(names.get(0));
    assertThat(source.asked).hasSize(4);
    resolver.txt(names.get(1));
    assertThat(source.asked).hasSize(5);
  }

  private static DnsName name(int number) {
    return DnsName.of("n" + number + ".example");
  }

  @Test
  void boundedInOctets() {
    source.lasting = found(HOUR, "x".repeat(10_000));
    CachingResolver resolver = caching(1_000, 50_000);
    IntStream.range(0, 100).mapToObj(CachingResolverTest::name).forEach(resolver::txt);
    assertThat(resolver.counters().entries()).isEqualTo(4);
    assertThat(resolver.counters().octets()).isBetween(40_000L, 50_000L);
    source.lasting = found(HOUR, "x".repeat(60_000));
    resolver.txt(NAME);
    assertThat(resolver.counters().entries()).isEqualTo(4);
  }

  @Test
  void octetsAreGivenBack() {
    CachingResolver resolver = caching(10, 50_000);
    source.lasting = found(1, "x".repeat(10_000));
    resolver.txt(NAME);
    clock.step(2);
    source.lasting = lasting("no name", 1);
    resolver.txt(NAME);
    assertThat(resolver.counters().octets()).isLessThan(1_000);
    clock.step(2);
    source.lasting = lasting("no name", 0);
    resolver.txt(NAME);
    assertThat(resolver.counters().octets()).isZero();
    assertThat(resolver.counters().entries()).isZero();
  }

  /** Quadratic time would be minutes, and under the lock that all wait for. */
  @Test
  void namesOfOneHashCode() {
    var cache = new AnswerCache(1 << 16, 1L << 30, clock);
    for (int i = 0; i < 1 << 16; i++) {
      var name = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        name.append((i >> bit & 1) == 0 ? "a_" : "b@");
      }
      cache.put(new Question<>(DnsName.of(name.toString()), Kind.TXT), found(60, "x"));
    }
    assertThat(DnsName.of("a_").hashCode()).isEqualTo(DnsName.of("b@").hashCode());
    assertThat(cache.entries()).isEqualTo(1 << 16);
  }

  @Test
  void counters() {
    CachingResolver resolver = caching(10, 50_000);
    resolver.txt(NAME);
    resolver.txt(NAME);
    source.lasting = Lasting.failure("SERVFAIL");
    resolver.txt(name(1));
    source.lasting = Lasting.timeout();
    resolver.txt(name(2));
    ResolverCounters counters = resolver.counters();
    assertThat(counters).isEqualTo(new ResolverCounters(4, 1, 0, 1, 1, 3, counters.octets()));
  }

  @Test
  void withoutACache() {
    CachingResolver resolver = caching(0, 0);
    resolver.txt(NAME);
    resolver.txt(NAME);
    assertThat(source.asked).hasSize(2);
  }

  // Several at one time.

  @Test
  void thoseWhoAskTheSameShareOneQuery() throws Exception {
    var held = new Source(1);
    var resolver = new CachingResolver(held, new AnswerCache(10, 10_000, clock));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer<String>>> answers =
          IntStream.range(0, 50).mapToObj(_ -> threads.submit(() -> resolver.txt(NAME))).toList();
      while (resolver.counters().shared() < 49) {
        Thread.onSpinWait();
      }
      held.held.countDown();
      for (Future<Answer<String>> answer : answers) {
        assertThat(answer.get().records()).containsExactly("x");
      }
    }
    assertThat(held.asked).hasSize(1);
  }

  @Test
  void anotherQuestionDoesNotWait() {
    var slow = new Source(1);
    var resolver =
        new CachingResolver(
            new LastingResolver() {
              @Override
              <T> Lasting<T> lookup(Question<T> question) {
                return question.name().equals(NAME)
                    ? slow.lookup(question)
                    : source.lookup(question);
              }
            },
            new AnswerCache(10, 10_000, clock));
    var first = CompletableFuture.supplyAsync(() -> resolver.txt(NAME));
    while (slow.asked.isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(resolver.txt(name(1)).records()).containsExactly("x");
    assertThat(first).isNotDone();
    slow.held.countDown();
    assertThat(first.join().records()).containsExactly("x");
  }

  /** One has no time left; the query goes on, for the others and for the cache. */
  @Test
  void anAskerWithoutTimeTakesNothingFromOthers() {
    var held = new Source(1);
    var resolver = new CachingResolver(held, new AnswerCache(10, 10_000, clock));
    Answer<String> hasty = Deadline.in(Duration.ofMillis(20)).during(() -> resolver.txt(NAME));
    assertThat(hasty).isEqualTo(new Answer.Timeout<>());
    var patient = CompletableFuture.supplyAsync(() -> resolver.txt(NAME));
    while (resolver.counters().shared() < 1) {
      Thread.onSpinWait();
    }
    held.held.countDown();
    assertThat(patient.join().records()).containsExactly("x");
    assertThat(resolver.txt(NAME).records()).containsExactly("x");
    assertThat(held.asked).hasSize(1);
  }

  @Test
  void anAskerWhoIsInterruptedTakesNothingFromOthers() throws InterruptedException {
    var held = new Source(1);
    var resolver = new CachingResolver(held, new AnswerCache(10, 10_000, clock));
    var answer = new AtomicReference<Optional<Answer<String>>>(Optional.empty());
    Thread asker = Thread.startVirtualThread(() -> answer.set(Optional.of(resolver.txt(NAME))));
    while (held.asked.isEmpty()) {
      Thread.onSpinWait();
    }
    asker.interrupt();
    asker.join();
    assertThat(answer.get()).contains(new Answer.ServerFailure<>("interrupted"));
    held.held.countDown();
    assertThat(resolver.txt(NAME).records()).containsExactly("x");
    assertThat(held.asked).hasSize(1);
  }

  /** A fault of ours must not leave others waiting. */
  @Test
  void aFaultIsAServerFailure() {
    var resolver =
        new CachingResolver(
            new LastingResolver() {
              @Override
              <T> Lasting<T> lookup(Question<T> question) {
                Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
                throw new IllegalStateException("a fault");
              }
            },
            new AnswerCache(10, 10_000, clock));
    assertThat(resolver.txt(NAME)).isEqualTo(new Answer.ServerFailure<>("internal error"));
  }
}
