package dev.backstop.server.senders;

import dev.backstop.auth.spf.SpfLimits;
import dev.backstop.auth.spf.SpfResult;
import dev.backstop.auth.spf.SpfVerifier;
import dev.backstop.dns.Budget;
import dev.backstop.dns.BudgetedResolver;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.Mailbox;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What the SPF records of our own domains say of hosts that returned headers name. Immutable but
 * for what the resolver remembers; safe for all threads.
 */
public final class OwnSpf {
  /**
   * The domain is ours and its record in memory, as a rule; a stranger chooses the address only. A
   * finding that says so little is not worth more time.
   */
  private static final Budget BUDGET = new Budget(50, Duration.ofSeconds(5));

  private final Resolver resolver;
  private final SpfVerifier verifier;
  private final InstantSource clock;

  /**
   * The checks of one installation.
   *
   * @param resolver asked within a budget of its own for each question
   * @param host our name, for explanations that nobody reads here
   */
  public OwnSpf(Resolver resolver, String host, InstantSource clock) {
    this.resolver = resolver;
    this.clock = clock;
    this.verifier = new SpfVerifier(host, clock, SpfLimits.STANDARD);
  }

  /**
   * Whether a host may send mail of that address; each question of the function takes 5 s at most.
   *
   * @param sender the address that was answered, without tag
   */
  public Function<InetAddress, SpfResult> of(Mailbox sender) {
    return client ->
        verifier
            .verifyMailFrom(
                new BudgetedResolver(resolver, BUDGET, clock), client, sender.domain(), sender)
            .result();
  }
}
