package dev.backstop.server.config;

import java.time.Duration;

/**
 * The memory of what we sent.
 *
 * @param keep how long after sending a bounce can still be matched
 * @param pauseTolerated a shorter pause between two runs does not make the journal incomplete: no
 *     mail of ours left meanwhile
 */
public record Journal(Duration keep, Duration pauseTolerated) {
  static final Journal DEFAULT = new Journal(Duration.ofDays(30), Duration.ZERO);

  /** As the store takes it: each question looks at every day kept. */
  private static final Duration LONGEST = Duration.ofDays(366);

  static Journal read(Section section) {
    Journal journal =
        new Journal(
            section.duration("keep", DEFAULT.keep(), Duration.ofDays(1), LONGEST),
            section.duration(
                "pause-tolerated", DEFAULT.pauseTolerated(), Duration.ZERO, Duration.ofDays(1)));
    section.refuseOthers();
    return journal;
  }
}
