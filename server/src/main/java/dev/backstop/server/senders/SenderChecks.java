package dev.backstop.server.senders;

import dev.backstop.auth.dkim.DkimVerifier;
import dev.backstop.auth.dkim.Limits;
import dev.backstop.auth.dmarc.DmarcVerifier;
import dev.backstop.auth.spf.SpfLimits;
import dev.backstop.auth.spf.SpfVerifier;
import dev.backstop.dns.Budget;
import dev.backstop.dns.BudgetedResolver;
import dev.backstop.dns.DnsName;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.message.HeaderField;
import dev.backstop.mail.smtp.Transaction;
import dev.backstop.server.config.Auth;
import dev.backstop.server.config.BackstopConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Begins the checks of a message's sender. Immutable but for what the resolver remembers; safe for
 * all threads.
 */
public final class SenderChecks {
  private static final Budget AUTHOR_BUDGET =
      new Budget(DmarcVerifier.MAX_QUERIES, Duration.ofSeconds(10));

  private final BackstopConfig config;
  private final Resolver resolver;
  private final InstantSource clock;
  private final String name;
  private final Set<DnsName> ownNames;
  private final SpfVerifier spf;
  private final DkimVerifier dkim = new DkimVerifier(Limits.DEFAULT);

  /**
   * @param resolver asked within a budget of its own for each message
   * @param host name of this host, for where the configuration gives none
   */
  public SenderChecks(BackstopConfig config, Resolver resolver, String host, InstantSource clock) {
    this.config = config;
    this.resolver = resolver;
    this.clock = clock;
    this.name = config.auth().name().orElse(host);
    this.ownNames =
        Stream.concat(config.domains().keySet().stream(), Stream.of(name))
            .flatMap(text -> DnsName.parse(text).stream())
            .collect(Collectors.toUnmodifiableSet());
    this.spf = new SpfVerifier(name, clock, SpfLimits.STANDARD);
  }

  /** Our name in Authentication-Results. */
  public String name() {
    return name;
  }

  /**
   * Begins the checks, when there is somebody to check: not for mail of our own clients and hosts,
   * nor where the mail server does not say who sends. Returns at once.
   *
   * @param header every field, top first
   */
  public Optional<SenderCheck> begin(Transaction transaction, List<HeaderField> header) {
    InetAddress client = transaction.peer().address();
    boolean stranger =
        client != null
            && transaction.peer().authenticated() == null
            && !transaction.peer().submittedLocally()
            && !config.isOurs(client);
    if (client == null || !stranger || !config.auth().check()) {
      return Optional.empty();
    }
    Auth auth = config.auth();
    var budget = new Budget(auth.maxQueries(), auth.timeLimit());
    var budgeted = new BudgetedResolver(resolver, budget, clock);
    // Apart from the sender's own names: a record that is slow, or asks for much, must not hide
    // the policy of the domain that readers see.
    Supplier<Resolver> ofAuthors = () -> new BudgetedResolver(resolver, AUTHOR_BUDGET, clock);
    return Optional.of(
        new SenderCheck(
            new SenderCheck.Subject(client, transaction, header, ownNames),
            budgeted,
            ofAuthors,
            spf,
            dkim.begin(header),
            clock));
  }
}
