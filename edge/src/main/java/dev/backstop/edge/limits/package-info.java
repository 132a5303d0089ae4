/**
 * How much one client may ask of a door. Start with {@link dev.backstop.edge.limits.ClientLimits}.
 */
@NullMarked
package dev.backstop.edge.limits;

import org.jspecify.annotations.NullMarked;
