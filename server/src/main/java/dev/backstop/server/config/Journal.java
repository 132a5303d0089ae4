package dev.backstop.server.config;

import java.time.Duration;

/**
 * The memory of what we sent.
 *
 * @param keep how long after sending a bounce can still be matched
 */
public record Journal(Duration keep) {
  static final Journal DEFAULT = new Journal(Duration.ofDays(30));
}
