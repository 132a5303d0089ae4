package dev.backstop.edge.smtp;

import java.util.concurrent.atomic.LongAdder;

/** What became of messages at the gateway. All only grow. Safe for use by all threads. */
public final class GatewayCounters {
  /** The next hop took the message. */
  public final LongAdder relayed = new LongAdder();

  /** The next hop refused the message at its end, for good or for now. */
  public final LongAdder refusedByNextHop = new LongAdder();

  /** Told 451 because no next hop could be reached, or one broke off. */
  public final LongAdder nextHopFailed = new LongAdder();

  /** Broken off behind the dot: the next hop may have it, and the client sends it again. */
  public final LongAdder inDoubt = new LongAdder();

  /** Refused for a line end that is none, or a NUL. */
  public final LongAdder badLineEnds = new LongAdder();

  /** Told 452 because memory and disk for messages were full. */
  public final LongAdder noRoom = new LongAdder();

  /** Told 452 to keep one answer for one recipient. */
  public final LongAdder oneAtATime = new LongAdder();

  /** Recipients of others' domains from clients that are not ours. */
  public final LongAdder relayDenied = new LongAdder();

  /** Sessions ended for too many errors, idle commands or foreign protocols. */
  public final LongAdder hungUp = new LongAdder();

  /** Connections, messages and recipients over a client's own limit. */
  public final LongAdder clientOverLimit = new LongAdder();
}
