/**
 * Evidence in, verdict out: pure functions, no clock, socket or database. Start with {@link
 * dev.backstop.bounce.verdict.Decision}.
 */
@NullMarked
package dev.backstop.bounce.verdict;

import org.jspecify.annotations.NullMarked;
