package dev.backstop.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A resolver for one message, which asks another within a {@link Budget}. Beyond the number of
 * questions each answer is a server failure, beyond the time a time-out, and nobody is asked. The
 * time that is left also ends a question under way. Safe for all threads: the checks of one message
 * may share it.
 */
public final class BudgetedResolver implements Resolver {
  private final Resolver resolver;
  private final Budget budget;
  private final InstantSource clock;
  private final Instant end;
  private final AtomicInteger asked = new AtomicInteger();

  /** The time begins now. */
  public BudgetedResolver(Resolver resolver, Budget budget, InstantSource clock) {
    this.resolver = resolver;
    this.budget = budget;
    this.clock = clock;
    this.end = clock.instant().plus(budget.time());
  }

  /** How many questions were asked within the budget. */
  public int asked() {
    return Math.min(asked.get(), budget.questions());
  }

  @Override
  public Answer<String> txt(DnsName name) {
    return within(() -> resolver.txt(name));
  }

  @Override
  public Answer<InetAddress> ipv4(DnsName name) {
    return within(() -> resolver.ipv4(name));
  }

  @Override
  public Answer<InetAddress> ipv6(DnsName name) {
    return within(() -> resolver.ipv6(name));
  }

  @Override
  public Answer<MailExchanger> mx(DnsName name) {
    return within(() -> resolver.mx(name));
  }

  @Override
  public Answer<DnsName> ptr(InetAddress address) {
    return within(() -> resolver.ptr(address));
  }

  @Override
  public Answer<DnsName> alias(DnsName name) {
    return within(() -> resolver.alias(name));
  }

  private <T> Answer<T> within(Supplier<Answer<T>> question) {
    int number = asked.updateAndGet(count -> Math.min(count, budget.questions()) + 1);
    if (number > budget.questions()) {
      return new Answer.ServerFailure<>("budget of " + budget.questions() + " questions used up");
    }
    Duration left = Duration.between(clock.instant(), end);
    return left.isPositive() ? Deadline.in(left).during(question) : new Answer.Timeout<>();
  }
}
