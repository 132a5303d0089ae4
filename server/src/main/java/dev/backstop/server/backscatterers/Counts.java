package dev.backstop.server.backscatterers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The hosts, in their networks, bounded: beyond the bound the weakest go, that is those whose
 * answers count least by now. Of one network so many are kept, so that it cannot crowd out others;
 * that also bounds the work of adding up a network.
 *
 * <p>Safe for all threads. Each network's list is replaced as a whole and never changed, so readers
 * wait for nobody.
 */
final class Counts {
  /** Hosts of one network. */
  static final int MOST_OF_A_NETWORK = 256;

  /** This part of all goes at once, so that finding the weakest is rare. */
  private static final int TRIM = 16;

  private final int most;
  private final Consumer<Block> changed;
  private final Map<Block, List<Host>> networks = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final ReentrantLock trimming = new ReentrantLock();

  /**
   * @param most hosts kept
   * @param changed is told each host that was changed or has gone, by the thread that did it
   */
  Counts(int most, Consumer<Block> changed) {
    this.most = most;
    this.changed = changed;
  }

  /** One answer of a host, judged. */
  void add(Block host, String name, boolean isFalse, long at, long halfLife) {
    networks.compute(
        host.network(),
        (_, hosts) -> {
          List<Host> known = hosts == null ? List.of() : hosts;
          Tally before = find(known, host).map(Host::tally).orElse(Tally.NONE);
          return with(known, new Host(host, name, before.with(isFalse, at, halfLife)), halfLife);
        });
    changed.accept(host);
    trim(halfLife);
  }

  /** A host as it was kept; replaces what is known of it. */
  void put(Host host, long halfLife) {
    networks.compute(
        host.block().network(),
        (_, hosts) -> with(hosts == null ? List.of() : hosts, host, halfLife));
    trim(halfLife);
  }

  private List<Host> with(List<Host> hosts, Host added, long halfLife) {
    List<Host> others = new ArrayList<>(hosts.size() + 1);
    for (Host host : hosts) {
      if (!host.block().equals(added.block())) {
        others.add(host);
      }
    }
    others.add(added);
    if (others.size() > MOST_OF_A_NETWORK) {
      Host weakest = weakest(others, halfLife);
      others.remove(weakest);
      changed.accept(weakest.block());
    }
    size.addAndGet(others.size() - hosts.size());
    return List.copyOf(others);
  }

  private static Host weakest(List<Host> hosts, long halfLife) {
    return hosts.stream()
        .min(Comparator.comparingDouble(host -> host.tally().strength(halfLife)))
        .orElseThrow();
  }

  /** Whoever crosses the bound makes room; others who cross it meanwhile go on. */
  private void trim(long halfLife) {
    if (size.get() <= most || !trimming.tryLock()) {
      return;
    }
    try {
      double[] strengths =
          all().stream().mapToDouble(host -> host.tally().strength(halfLife)).sorted().toArray();
      int over = strengths.length - most + most / TRIM;
      if (over > 0 && strengths.length > most) {
        removeWeakest(strengths, over, halfLife);
      }
    } finally {
      trimming.unlock();
    }
  }

  private void removeWeakest(double[] sorted, int count, long halfLife) {
    double limit = sorted[count - 1];
    int below = firstOf(sorted, limit);
    var equals = new AtomicInteger(count - below); // of those just at the limit only so many
    for (Block network : networks.keySet()) {
      networks.computeIfPresent(
          network,
          (_, hosts) -> {
            List<Host> kept = new ArrayList<>(hosts.size());
            for (Host host : hosts) {
              double strength = host.tally().strength(halfLife);
              boolean goes =
                  strength < limit || (strength == limit && equals.getAndDecrement() > 0);
              if (goes) {
                changed.accept(host.block());
              } else {
                kept.add(host);
              }
            }
            size.addAndGet(kept.size() - hosts.size());
            return kept.isEmpty() ? null : List.copyOf(kept);
          });
    }
  }

  private static int firstOf(double[] sorted, double value) {
    int at = Arrays.binarySearch(sorted, value);
    while (at > 0 && sorted[at - 1] == value) {
      at--;
    }
    return at;
  }

  /** What is known of that host. */
  Optional<Host> find(Block host) {
    return find(network(host), host);
  }

  private static Optional<Host> find(List<Host> hosts, Block block) {
    return hosts.stream().filter(host -> host.block().equals(block)).findFirst();
  }

  /** The hosts known in the network of that block. */
  List<Host> network(Block block) {
    return networks.getOrDefault(block.network(), List.of());
  }

  /** The hosts, by network. */
  Map<Block, List<Host>> networks() {
    return Map.copyOf(networks);
  }

  /** All hosts. */
  List<Host> all() {
    return networks.values().stream().flatMap(List::stream).toList();
  }

  /** Number of hosts. */
  int size() {
    return size.get();
  }
}
