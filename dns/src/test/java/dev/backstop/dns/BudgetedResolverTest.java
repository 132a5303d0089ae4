package dev.backstop.dns;

import static dev.backstop.dns.Packets.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetedResolverTest {
  private static final DnsName NAME = DnsName.of("mail.example");
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.1");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private volatile Instant now = START;
  private final InstantSource clock = () -> now;
  private final AtomicInteger asked = new AtomicInteger();
  private final Resolver counting =
      new LastingResolver() {
        @Override
        <T> Lasting<T> lookup(Question<T> question) {
          asked.incrementAndGet();
          return new Lasting<>(new Answer.NoSuchName<>(false), 0);
        }
      };

  private Resolver within(int questions, Duration time) {
    return new BudgetedResolver(counting, new Budget(questions, time), clock);
  }

  @Test
  void questions() {
    Resolver resolver = within(6, Duration.ofSeconds(20));
    assertThat(
            List.of(
                resolver.txt(NAME),
                resolver.ipv4(NAME),
                resolver.ipv6(NAME),
                resolver.mx(NAME),
                resolver.alias(NAME),
                resolver.ptr(ADDRESS)))
        .containsOnly(new Answer.NoSuchName<>(false));
    assertThat(
            List.of(
                resolver.txt(NAME),
                resolver.ipv4(NAME),
                resolver.ipv6(NAME),
                resolver.mx(NAME),
                resolver.alias(NAME),
                resolver.ptr(ADDRESS)))
        .containsOnly(new Answer.ServerFailure<>("budget of 6 questions used up"));
    assertThat(asked).hasValue(6);
  }

  @Test
  void time() {
    Resolver resolver = within(5, Duration.ofSeconds(20));
    now = START.plusMillis(19_999);
    assertThat(resolver.txt(NAME)).isEqualTo(new Answer.NoSuchName<>(false));
    now = START.plusSeconds(20);
    assertThat(resolver.txt(NAME)).isEqualTo(new Answer.Timeout<>());
    assertThat(asked).hasValue(1);
  }

  @Test
  void checksOfOneMessageShareIt() throws Exception {
    var resolver = new BudgetedResolver(counting, new Budget(100, Duration.ofSeconds(20)), clock);
    int refused = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer<String>>> answers =
          IntStream.range(0, 300).mapToObj(_ -> threads.submit(() -> resolver.txt(NAME))).toList();
      for (Future<Answer<String>> answer : answers) {
        refused += answer.get().isTemporary() ? 1 : 0;
      }
    }
    assertThat(refused).isEqualTo(200);
    assertThat(asked).hasValue(100);
    assertThat(resolver.asked()).isEqualTo(100);
  }

  /** Without it this would take the minute of the settings, and fail. */
  @Test
  void theTimeThatIsLeftEndsAQuestion() {
    try (ScriptedServer silent = ScriptedServer.start(_ -> List.of())) {
      var settings =
          new ResolverSettings(
              new NameServers(List.of(silent.address()), false),
              Duration.ofMinutes(1),
              10,
              Duration.ofMinutes(1),
              10,
              10_000);
      var network = new NetworkResolver(settings);
      var caching = new CachingResolver(network, settings, clock);
      for (Resolver resolver : List.of(network, caching)) {
        var budgeted = new BudgetedResolver(resolver, new Budget(9, Duration.ofMillis(100)), clock);
        assertThat(budgeted.txt(NAME)).isEqualTo(new Answer.Timeout<>());
        var nested = new BudgetedResolver(budgeted, new Budget(9, Duration.ofMinutes(1)), clock);
        assertThat(nested.txt(NAME)).isEqualTo(new Answer.Timeout<>());
      }
    }
  }

  /** A server that had less than its time is not called slow. */
  @Test
  void aBudgetDoesNotBlameTheServer() {
    var silent = new AtomicBoolean(true);
    try (ScriptedServer first =
            ScriptedServer.start(
                query -> silent.get() ? List.of() : to(query).noSuchName().once());
        ScriptedServer second = ScriptedServer.start(query -> to(query).noSuchName().once())) {
      var servers = new NameServers(List.of(first.address(), second.address()), false);
      var network = new NetworkResolver(ResolverSettings.of(servers));
      var budget = new Budget(9, Duration.ofMillis(100));
      new BudgetedResolver(network, budget, clock).txt(NAME);
      silent.set(false);
      assertThat(network.txt(NAME)).isEqualTo(new Answer.NoSuchName<>(false));
      assertThat(second.queries()).isEmpty();
    }
  }

  @Test
  void budgetsOfNothing() {
    assertThatThrownBy(() -> new Budget(0, Duration.ofSeconds(1))).hasMessageContaining("nothing");
    assertThatThrownBy(() -> new Budget(1, Duration.ZERO)).hasMessageContaining("nothing");
  }
}
