/** What the server counts, under the names that {@code docs/operations.md} explains. */
@NullMarked
package dev.backstop.server.metrics;

import org.jspecify.annotations.NullMarked;
