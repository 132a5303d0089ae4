package dev.backstop.server.backscatterers.export;

import dev.backstop.server.backscatterers.Backscatterers;
import dev.backstop.server.backscatterers.Block;
import dev.backstop.server.backscatterers.Listing;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes into an export: who is listed, in the order of addresses. */
public final class ListSelection {
  private ListSelection() {}

  /** The hosts. */
  public static List<Block> hosts(Backscatterers list) {
    return listed(list.hosts()).sorted().toList();
  }

  /** The networks, and the hosts that stand in none of them. */
  public static List<Block> networksAndHosts(Backscatterers list) {
    Set<Block> networks = listed(list.networks()).collect(Collectors.toSet());
    Predicate<Block> covered = host -> networks.contains(host.network());
    return Stream.concat(networks.stream(), listed(list.hosts()).filter(Predicate.not(covered)))
        .sorted()
        .toList();
  }

  private static Stream<Block> listed(List<Listing> all) {
    return all.stream().filter(Listing::listed).map(Listing::block);
  }
}
