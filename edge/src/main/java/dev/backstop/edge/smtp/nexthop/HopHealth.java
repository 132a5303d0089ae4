package dev.backstop.edge.smtp.nexthop;

import java.time.Instant;

/**
 * Whether a next hop can be reached, as far as we know.
 *
 * @param since when it became so, or when we began
 * @param reason why it is down, in plain words, safe to show; empty while it is up
 */
public record HopHealth(NextHop hop, boolean up, Instant since, String reason) {}
