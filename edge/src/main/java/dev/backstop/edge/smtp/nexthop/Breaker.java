package dev.backstop.edge.smtp.nexthop;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a hop alone that could not be had: for a pause, after which one connection tries it; the
 * pause doubles each time that fails. Says so in the log when the hop goes down and when it comes
 * back. Safe for use by all threads; its monitor is never held over input or output.
 */
final class Breaker {
  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

  private final NextHop hop;
  private final Settings.Pauses pauses;
  private final LongSupplier nanoTime;
  private boolean up = true;
  private Instant since = Instant.now();
  private String reason = "";
  private boolean probing;
  private Duration pause = Duration.ZERO;
  private long lastFailure;

  /** Whether a connection may try the hop. Whatever is not NO must be reported back. */
  enum Permit {
    NO,
    /** The hop is up. */
    USE,
    /** The hop is down, and this connection alone finds out whether it still is. */
    PROBE
  }

  Breaker(NextHop hop, Settings.Pauses pauses, LongSupplier nanoTime) {
    this.hop = hop;
    this.pauses = pauses;
    this.nanoTime = nanoTime;
  }

  synchronized Permit ask() {
    return up ? Permit.USE : probeAfter(pause);
  }

  /** The same where no other hop is left: does not wait for the end of the pause. */
  synchronized Permit askAgain() {
    return up ? Permit.USE : probeAfter(pauses.again());
  }

  private Permit probeAfter(Duration time) {
    if (probing || nanoTime.getAsLong() - lastFailure < time.toNanos()) {
      return Permit.NO;
    }
    probing = true;
    return Permit.PROBE;
  }

  synchronized void succeeded(Permit permit) {
    probing &= permit != Permit.PROBE;
    if (!up) {
      LOG.info("next hop {} is back", hop);
      up = true;
      since = Instant.now();
      reason = "";
      pause = Duration.ZERO;
    }
  }

  synchronized void failed(Permit permit, String why) {
    if (permit == Permit.PROBE) {
      boolean pauseWasOver = nanoTime.getAsLong() - lastFailure >= pause.toNanos();
      probing = false;
      if (pauseWasOver) {
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(pauses.longest()) > 0 ? pauses.longest() : pause;
      }
    } else if (up) { // else one of several that failed together
      up = false;
      since = Instant.now();
      pause = pauses.first();
      LOG.warn("next hop {} is down: it {}; left alone for {} s", hop, why, pause.toSeconds());
    }
    lastFailure = nanoTime.getAsLong();
    reason = why;
  }

  /** Nothing was learned. */
  synchronized void undecided(Permit permit) {
    if (permit == Permit.PROBE) {
      probing = false;
      lastFailure = nanoTime.getAsLong();
    }
  }

  synchronized String reason() {
    return reason;
  }

  synchronized HopHealth health() {
    return new HopHealth(hop, up, since, reason);
  }
}
