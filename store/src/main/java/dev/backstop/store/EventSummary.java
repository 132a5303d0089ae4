package dev.backstop.store;

import dev.backstop.bounce.verdict.Verdict;
import java.util.List;

/**
 * Events since a moment, counted.
 *
 * @param counts the largest first, at most 1000
 * @param peers those with most backscatter first, at most 20
 * @param recent the newest first, at most 20
 */
public record EventSummary(List<Count> counts, List<PeerCount> peers, List<Event> recent) {

  /** Number of events of one domain with one verdict and one action. */
  public record Count(String domain, Verdict verdict, String action, long events) {}

  /** Number of events that one client caused, and how many of them were backscatter. */
  public record PeerCount(String peer, long events, long backscatter) {}
}
