package dev.backstop.edge;

import java.util.concurrent.atomic.LongAdder;

/**
 * What happened at a door since it was opened. All only grow, but for {@link #open}. Safe for use
 * by all threads; made for a metrics page to read.
 */
public final class DoorCounters {
  /** Connections that are open now. */
  public final LongAdder open = new LongAdder();

  /** Connections that were served. */
  public final LongAdder accepted = new LongAdder();

  /** Connections closed at once because too many were open. */
  public final LongAdder refusedForLimit = new LongAdder();

  /** Packets or requests that broke the protocol or its bounds; each ends its connection. */
  public final LongAdder badPackets = new LongAdder();

  /** Connections ended because nothing came, or nothing was taken, for too long. */
  public final LongAdder timeouts = new LongAdder();

  /** "Still working" notes sent while a decision was slow. */
  public final LongAdder progressSent = new LongAdder();

  /** Decisions that threw; each was answered with a temporary failure. */
  public final LongAdder failures = new LongAdder();

  /** Messages or requests turned away for a bound on size, count or memory. */
  public final LongAdder overLimit = new LongAdder();

  /** Edits not made because the mail server does not offer them. */
  public final LongAdder editsNotOffered = new LongAdder();

  /** Messages decided, or table requests answered. */
  public final LongAdder served = new LongAdder();
}
