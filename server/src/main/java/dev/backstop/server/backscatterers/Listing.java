package dev.backstop.server.backscatterers;

import java.time.Instant;

/**
 * What is known of a reporting host or network.
 *
 * @param name of the host; empty for a network, and where it is not known
 * @param backscatter false answers, as they count now
 * @param genuine true answers, as they count now
 * @param hosts number of hosts that these came from, as far as they are known
 * @param last time of the last answer that could be judged
 * @param listed whether it counts as a backscatterer
 */
public record Listing(
    Block block,
    String name,
    double backscatter,
    double genuine,
    int hosts,
    Instant last,
    boolean listed) {

  /** False ones among all that could be judged, 0 to 1. */
  public double share() {
    double all = backscatter + genuine;
    return all == 0 ? 0 : backscatter / all;
  }

  /** The same in percent, rounded down, so that 100 means all. */
  public int percent() {
    return (int) (share() * 100);
  }
}
