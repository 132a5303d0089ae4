package dev.backstop.edge.smtp.nexthop;

import java.util.concurrent.atomic.LongAdder;

/**
 * What happened towards the next hops. All only grow, but for {@link #open}. Safe for use by all
 * threads; made for a metrics page to read.
 */
public final class NextHopCounters {
  /** Connections that are open now, those being opened included. */
  public final LongAdder open = new LongAdder();

  /** Connections that became ready for use. */
  public final LongAdder opened = new LongAdder();

  /** Attempts on a hop that failed before the connection was ready. */
  public final LongAdder failed = new LongAdder();

  /** Times that no hop could be had. */
  public final LongAdder unavailable = new LongAdder();

  /** Ready connections that broke, the hop's breaking of the protocol and timeouts included. */
  public final LongAdder broken = new LongAdder();

  /** Connections closed because the hop took too long, ready or not. */
  public final LongAdder timeouts = new LongAdder();
}
