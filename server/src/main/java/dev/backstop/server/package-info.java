/**
 * The only place that knows everybody: configuration, wiring, and what the parts look like from
 * outside.
 */
@NullMarked
package dev.backstop.server;

import org.jspecify.annotations.NullMarked;
