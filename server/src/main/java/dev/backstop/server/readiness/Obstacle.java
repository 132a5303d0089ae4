package dev.backstop.server.readiness;

import java.time.Instant;

/**
 * What stands in the way of enforcing.
 *
 * @param code one word for programs
 * @param text what it is, a sentence
 * @param mend what to do about it, a sentence
 * @param until when it is over if nothing more happens; {@link Instant#MAX} when it does not pass
 */
public record Obstacle(String code, String text, String mend, Instant until) {}
