package dev.backstop.server.backscatterers;

import dev.backstop.dns.Budget;
import dev.backstop.dns.BudgetedResolver;
import dev.backstop.dns.Resolver;
import dev.backstop.mail.address.Mailbox;
import dev.backstop.mail.address.NullReversePath;
import dev.backstop.mail.address.ReversePath;
import dev.backstop.server.config.BackscattererRules;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Lists in DNS, asked in "safe mode" only, as their operators want it: of those who use the null
 * sender or {@code postmaster}. Asked of all mail, such a list would refuse that of big providers.
 * Safe for all threads.
 */
public final class DnsLists {
  /** Test addresses of one list, and the question itself. */
  private static final int QUESTIONS = 4;

  private final List<DnsList> lists;
  private final Strangers strangers;
  private final Budget budget;
  private final Resolver resolver;
  private final InstantSource clock;
  private final Counters counters;

  /** Look-ups by result, kept over changes of the configuration. Safe for all threads. */
  public static final class Counters {
    private final Map<DnsResult, LongAdder> counts = new ConcurrentHashMap<>();

    /** How many came out so. */
    public long count(DnsResult result) {
      LongAdder count = counts.get(result);
      return count == null ? 0 : count.sum();
    }

    private void increment(DnsResult result) {
      counts.computeIfAbsent(result, _ -> new LongAdder()).increment();
    }
  }

  /**
   * @param rules whose lists are asked, in that order and within that time
   * @param ours addresses of our own, of which nobody is told
   */
  public DnsLists(
      BackscattererRules rules,
      Resolver resolver,
      Predicate<InetAddress> ours,
      InstantSource clock,
      Counters counters) {
    this.strangers = new Strangers(ours);
    this.resolver = resolver;
    this.clock = clock;
    this.counters = counters;
    this.budget = new Budget(QUESTIONS * Math.max(1, rules.lists().size()), rules.timeLimit());
    this.lists =
        rules.lists().stream().map(zone -> new DnsList(zone, this::budgeted, clock)).toList();
  }

  private Resolver budgeted() {
    return new BudgetedResolver(resolver, budget, clock);
  }

  /** Asks for the test addresses of all lists, in the background. */
  public void check() {
    lists.forEach(
        list -> Thread.ofVirtual().name("dns list check").start(() -> list.check(budgeted())));
  }

  /**
   * Asks one list after the other until one says yes.
   *
   * @param reversePath of automatic mail
   * @return by list what came of it; nothing where nobody may be asked
   */
  SequencedMap<String, DnsResult> ask(InetAddress peer, ReversePath reversePath) {
    var results = new LinkedHashMap<String, DnsResult>();
    if (lists.isEmpty() || !isSafe(reversePath) || !strangers.contains(peer)) {
      return results;
    }
    Resolver budgeted = budgeted();
    for (DnsList list : lists) {
      DnsResult result = list.ask(budgeted, peer);
      counters.increment(result);
      results.put(shown(list), result);
      if (result == DnsResult.LISTED) {
        break;
      }
    }
    return results;
  }

  private static boolean isSafe(ReversePath reversePath) {
    return switch (reversePath) {
      case NullReversePath _ -> true;
      case Mailbox sender -> sender.localPart().equalsIgnoreCase("postmaster");
    };
  }

  /**
   * The end of its name: some lists want the customer's secret key as a label before it, and this
   * is read by strangers.
   */
  private static String shown(DnsList list) {
    String[] labels = list.zone().text().split("\\.", -1);
    int from = Math.max(0, labels.length - 3);
    return String.join(".", List.of(labels).subList(from, labels.length));
  }
}
