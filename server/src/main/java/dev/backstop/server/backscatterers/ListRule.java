package dev.backstop.server.backscatterers;

import dev.backstop.server.config.BackscattererRules;
import java.util.List;

/**
 * Who is listed. A host needs so many false answers, and hardly any true ones beside them: a big
 * provider, which sends both, stays off. A network needs more of them, from several hosts, so that
 * nobody is listed for one neighbour.
 *
 * @param least false answers of a host as they count now
 * @param share lowest share of false ones, 0 to 1
 * @param halfLife seconds
 */
record ListRule(double least, double share, long halfLife) {
  /** Hosts of a network that must have sent false answers. */
  static final int HOSTS = 3;

  /** How many times as many false answers a network needs. */
  static final int TIMES = 2;

  /** What one answer counts after a half-life; less is as good as nothing. */
  private static final double FADED = 0.5;

  static ListRule of(BackscattererRules rules) {
    return new ListRule(rules.least(), rules.share() / 100.0, rules.halfLife().toSeconds());
  }

  boolean listsHost(Tally now) {
    return now.backscatter() >= least && now.share() >= share;
  }

  /**
   * @param hosts of that network
   */
  boolean listsNetwork(List<Host> hosts, Tally now) {
    return now.backscatter() >= TIMES * least
        && now.share() >= share
        && hosts.stream().filter(host -> isFalse(host, now.at())).limit(HOSTS).count() == HOSTS;
  }

  /** Whether the network's listing speaks for this host: not when it has a better record itself. */
  boolean followsNetwork(Tally now) {
    return now.share() >= share || now.total() < FADED;
  }

  private boolean isFalse(Host host, long then) {
    return host.tally().at(then, halfLife).backscatter() >= FADED;
  }
}
