package dev.backstop.edge.limits;

/**
 * So many a minute: as many at once after a quiet minute, then one for each sixtieth of a minute
 * divided by the number. What was turned away is not counted, so that a client that tries without
 * end gets its share all the same. Not safe for use by several threads.
 */
final class Bucket {
  private static final long MINUTE = 60_000_000_000L;

  /** Nanoseconds of the clock at which nothing is counted any more. */
  private long emptyAt;

  Bucket(long now) {
    emptyAt = now;
  }

  /**
   * Takes one.
   *
   * @param limit a minute; 0: none
   * @return 0 when there was one, else nanoseconds until there is
   */
  long take(int limit, long now) {
    long wait = await(limit, now);
    if (wait == 0 && limit > 0) {
      emptyAt = afterOneMore(limit, now);
    }
    return wait;
  }

  /** The same without taking it. */
  long await(int limit, long now) {
    return limit == 0 ? 0 : Math.max(0, afterOneMore(limit, now) - now - MINUTE);
  }

  private long afterOneMore(int limit, long now) {
    return (isEmpty(now) ? now : emptyAt) + MINUTE / limit;
  }

  boolean isEmpty(long now) {
    return emptyAt - now <= 0;
  }
}
