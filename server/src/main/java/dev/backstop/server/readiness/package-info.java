/**
 * Whether a domain can enforce without losing genuine answers: what is learned while it observes,
 * and the conclusion. Start with {@link dev.backstop.server.readiness.Readiness}.
 */
@NullMarked
package dev.backstop.server.readiness;

import org.jspecify.annotations.NullMarked;
