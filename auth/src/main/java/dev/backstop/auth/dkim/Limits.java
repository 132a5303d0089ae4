package dev.backstop.auth.dkim;

import java.time.Duration;

/**
 * How much work one message may make.
 *
 * @param signatures looked at, the topmost first: those of the last hops, which are likeliest to
 *     hold
 * @param signedOctets of the canonicalized header for one signature
 * @param clockSkew how far a clock that signs may differ from ours, for {@code t=} in the future
 *     and {@code x=} in the past
 */
public record Limits(int signatures, int signedOctets, Duration clockSkew) {
  public static final Limits DEFAULT = new Limits(10, 512 << 10, Duration.ofHours(1));
}
