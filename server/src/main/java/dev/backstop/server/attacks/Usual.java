package dev.backstop.server.attacks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an address or a domain is used to, kept over restarts. Addresses are hashes.
 *
 * @param burst most in two minutes
 * @param hour most in an hour
 * @param onceBurst of the unusual day that has not become a habit, as {@code burst}
 * @param once that day; {@code null} when there was none
 * @param seen the last message
 * @param known since when this is watched
 */
public record Usual(
    Scope scope,
    long hash,
    float burst,
    float hour,
    float onceBurst,
    float onceHour,
    @Nullable Instant once,
    Instant seen,
    Instant known) {}
