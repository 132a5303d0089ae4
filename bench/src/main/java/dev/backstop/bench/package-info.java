/**
 * Benchmarks of the hot paths, one class each; {@code docs/performance.md} has the figures and the
 * commands.
 */
@NullMarked
package dev.backstop.bench;

import org.jspecify.annotations.NullMarked;
