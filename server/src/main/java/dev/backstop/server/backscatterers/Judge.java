package dev.backstop.server.backscatterers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What counts mean at one moment.
 *
 * @param now seconds since 1970
 */
record Judge(ListRule rule, long now) {

  Listing host(Host host) {
    Tally faded = host.tally().at(now, rule.halfLife());
    return new Listing(
        host.block(),
        host.name(),
        faded.backscatter(),
        faded.genuine(),
        1,
        Instant.ofEpochSecond(host.tally().at()),
        rule.listsHost(faded));
  }

  /** Empty for a network without hosts. */
  Optional<Listing> network(Block network, List<Host> hosts) {
    return hosts.stream()
        .map(Host::tally)
        .reduce((one, other) -> one.plus(other, rule.halfLife()))
        .map(sum -> {
          Tally faded = sum.at(now, rule.halfLife());
          return new Listing(
              network,
              "",
              faded.backscatter(),
              faded.genuine(),
              hosts.size(),
              Instant.ofEpochSecond(sum.at()),
              rule.listsNetwork(hosts, faded));
        });
  }

  boolean followsNetwork(Listing host) {
    return rule.followsNetwork(new Tally(host.backscatter(), host.genuine(), now));
  }
}
