package dev.backstop.server.backscatterers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hosts whose counts are not in the store yet, each once, bounded: when a store fails for so long
 * that too many wait, all has to be written anew. Safe for all threads.
 */
final class Changes {
  private final int most;
  private final Set<Block> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean everything;

  Changes(int most) {
    this.most = most;
  }

  void add(Block host) {
    if (everything) {
      return;
    }
    if (waiting.size() >= most && !waiting.contains(host)) {
      everything = true;
      waiting.clear();
      return;
    }
    waiting.add(host);
  }

  void addAll(Collection<Block> hosts) {
    hosts.forEach(this::add);
  }

  /** Whether the store holds what is no longer true of hosts that nobody remembers. */
  boolean isEverything() {
    return everything;
  }

  /** The store is empty now; changes are gathered again. */
  void beginAnew() {
    everything = false;
  }

  /** Takes some out. */
  List<Block> take(int atMost) {
    List<Block> taken = new ArrayList<>();
    Iterator<Block> hosts = waiting.iterator();
    while (taken.size() < atMost && hosts.hasNext()) {
      taken.add(hosts.next());
      hosts.remove();
    }
    return taken;
  }

  int size() {
    return waiting.size();
  }
}
