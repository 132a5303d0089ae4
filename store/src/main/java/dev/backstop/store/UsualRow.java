package dev.backstop.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much automatic mail is usual for an address or a domain. Times are kept to the millisecond.
 *
 * @param scope {@code address} or {@code domain}
 * @param hash of the address or the domain, the caller's
 * @param once the day that was unusual, {@code null} when there was none
 * @param seen the last message
 * @param known since when it is watched
 */
public record UsualRow(
    String scope,
    long hash,
    double burst,
    double hour,
    double onceBurst,
    double onceHour,
    @Nullable Instant once,
    Instant seen,
    Instant known) {}
