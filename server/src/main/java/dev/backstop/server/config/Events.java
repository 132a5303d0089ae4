package dev.backstop.server.config;

import java.time.Duration;

/**
 * The record of what was decided.
 *
 * @param keep how long
 */
public record Events(Duration keep) {
  static final Events DEFAULT = new Events(Duration.ofDays(30));
}
