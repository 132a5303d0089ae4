package dev.backstop.store;

import java.time.Instant;

/** Whether the store can be written just now. */
public sealed interface Health {
  /** The last write succeeded. */
  record Ok() implements Health {}

  /**
   * Writes fail and are refused at once; the store itself keeps trying.
   *
   * @param reason in plain words
   * @param since the first failure of this series
   */
  record Failing(String reason, Instant since) implements Health {}

  Health OK = new Ok();
}
